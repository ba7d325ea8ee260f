"""What a presenter does with the record of their round: edits it, takes words out, deletes it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from setwise.people.requests import SignedInRequest, signed_in
from setwise.room import editing, records, redacting
from setwise.room.editing import ChangedMeanwhile
from setwise.room.recording import open_record
from setwise.room.records import OwnRecord
from setwise.room.refusing import Refusal
from setwise.room.views.record_form import RecordForm

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@get_or_post
@signed_in
def edit(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """Edit the record: the issue, what was said, the questions and options to keep, what helped.

    Two at once: what only one of them changed is kept, and what both changed is shown to the
    second with what they typed still there.
    """
    mine = records.own(request.user, round_id)
    if request.method != "POST":
        return _edit_page(request, mine, RecordForm(mine.row))
    form = RecordForm(mine.row, request.POST)
    if "back" in request.POST:
        return _edit_page(request, mine, form)
    if form.edit.out and "sure" not in request.POST:
        return _page(request, mine, "room/record_drop.html", {"form": form})
    try:
        editing.edit(mine, form.edit, at=timezone.now())
    except ChangedMeanwhile as clash:
        form.clash(records.own(request.user, round_id).row, clash)
        return _edit_page(request, mine, form, status=409)
    except Refusal as refusal:
        form.refuse(refusal)
        return _edit_page(request, mine, form, status=422)
    messages.success(request, "Saved.")
    return redirect("room:record", round_id)


@never_cache
@get_or_post
@signed_in
def redact(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """Take words out of the record wherever they stand, after a page that shows each place."""
    mine = records.own(request.user, round_id)
    passage = request.POST.get("passage", "")
    context: dict[str, object] = {"passage": passage}
    if request.method != "POST" or "back" in request.POST:
        return _page(request, mine, "room/record_redact.html", context)
    try:
        if "sure" not in request.POST:
            context["places"] = redacting.places(mine, passage)
            return _page(request, mine, "room/record_redact_sure.html", context)
        redacting.take_out(mine, passage, at=timezone.now())
    except Refusal as refusal:
        context["error"] = refusal.sentence
        return _page(request, mine, "room/record_redact.html", context, status=422)
    messages.success(request, "Taken out. The words are gone from here for good.")
    return redirect("room:record", round_id)


@never_cache
@get_or_post
@signed_in
def delete(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """Delete the record, after a page that says what stays."""
    mine = records.own(request.user, round_id)
    if request.method != "POST":
        return _page(request, mine, "room/record_delete.html", {})
    redacting.delete(mine, at=timezone.now())
    became = "the other’s alone" if mine.row.shared_with_id else "deleted"
    messages.success(request, f"The record is {became}. Your actions are still yours.")
    return redirect("room:records")


@never_cache
@require_safe
@signed_in
def printed(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """The record on a page to print, with the others' names only where the ground rules say so."""
    mine = records.own(request.user, round_id)
    record = open_record(mine.row, request.user, taking=True)
    return _page(request, mine, "room/record_print.html", {"record": record})


def _edit_page(
    request: SignedInRequest, mine: OwnRecord, form: RecordForm, *, status: int = 200
) -> HttpResponse:
    return _page(request, mine, "room/record_edit.html", {"form": form}, status=status)


def _page(
    request: SignedInRequest,
    mine: OwnRecord,
    template: str,
    context: dict[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    meeting = mine.row.room.meeting
    facts = {"round": mine.row, "meeting": meeting, "accent": meeting.learning_set.accent}
    return render(request, template, facts | context, status=status)
