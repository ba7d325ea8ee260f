from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from setwise.people.requests import SignedInRequest, signed_in
from setwise.room import confirming, editing, presenting, recording, records, taking_away
from setwise.room.models.note import MARKS
from setwise.room.refusing import Refusal


@never_cache
@require_safe
@signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """My rounds, in every set I am in or was in, and what I took with me from its meetings."""
    context = {
        "rounds": recording.own_rounds(request.user),
        "learning": recording.own_learning(request.user),
    }
    return render(request, "room/records.html", context)


@never_cache
@require_safe
@signed_in
def take_all(request: SignedInRequest) -> HttpResponse:
    """All my rounds as one file of Markdown; Http404 where there are none."""
    rows = [row for row, _ in recording.own_rounds(request.user)]
    if not rows:
        raise Http404
    return _file(taking_away.all_as_markdown(rows, request.user), "my-rounds.md")


@never_cache
@require_safe
@signed_in
def take(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """The record of my round as a file of Markdown."""
    mine = records.own(request.user, round_id)
    day = mine.row.room.meeting.local_start
    return _file(taking_away.as_markdown(mine), f"my-round-{day:%Y-%m-%d}.md")


def _file(words: str, name: str) -> HttpResponse:
    response = HttpResponse(words, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_safe
@signed_in
def record(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """What was written in a round: its presenter's, and whose else the notes rule says."""
    row = records.record_of(request.user, round_id)
    context: dict[str, Any] = {
        "record": recording.open_record(row, request.user),
        "round": row,
        "meeting": row.room.meeting,
        "marks": MARKS,
        "may_be_opened": records.may_be_opened(row),
        "accent": row.room.meeting.learning_set.accent,
    }
    return render(request, "room/record.html", context)


@require_POST
@signed_in
def mark(request: SignedInRequest, round_id: UUID, note_id: UUID) -> HttpResponse:
    """The presenter marks a question."""
    row = records.record_of(request.user, round_id)
    question = get_object_or_404(row.questions.all(), pk=note_id)
    try:
        presenting.mark(request.user.id, question, mark=request.POST.get("mark", ""))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("room:record", round_id)


@require_POST
@signed_in
def draft(request: SignedInRequest, round_id: UUID, kind: str, row_id: UUID) -> HttpResponse:
    """The presenter confirms or drops what a note-taker wrote down."""
    row = records.record_of(request.user, round_id)
    if kind not in ("question", "option", "part"):
        raise Http404
    if request.POST.get("do") == "drop":
        confirming.drop(request.user, row.room, kind=kind, pk=row_id)
    else:
        confirming.confirm(request.user, row.room, kind=kind, pk=row_id, at=timezone.now())
    return redirect("room:record", round_id)


@require_POST
@signed_in
def readers(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """The presenter closes the record to the others, or opens it as far as the notes rule goes."""
    mine = records.own(request.user, round_id)
    try:
        readers = "present" if request.POST.get("open") else "presenter"
        editing.decide_readers(mine, readers=readers)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("room:record", round_id)
