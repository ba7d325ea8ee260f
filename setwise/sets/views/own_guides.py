"""A set's own page of guides: what it practises, and what it wrote itself."""

from __future__ import annotations

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from setwise.people.requests import SignedInRequest
from setwise.sets import practising, writing_guides
from setwise.sets.guide_forms import OwnGuideForm, SkillsForm
from setwise.sets.models import OwnGuide
from setwise.sets.seats import Seat, seated
from setwise.ui import prose
from setwise.vault.sealing import keys_at_hand

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
MEANWHILE = (
    "It was changed while you wrote. Open it again to see how it is now; your words are here."
)


@require_safe
@seated
def set_guides(request: SignedInRequest, seat: Seat) -> HttpResponse:
    given, language = seat.learning_set, get_language() or ""
    rows = OwnGuide.objects.visible_to(seat.person).filter(learning_set=given)
    context = _context(seat) | {
        "practised": practising.practised(given, language),
        "wishes": practising.wishes(seat.person, given, language),
        "rows": rows,
    }
    with keys_at_hand({given.key_id}):
        return render(request, "sets/set_guides.html", context)


@get_or_post
@seated
def skills(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Say what the set practises."""
    seat.must_go_on()
    row = copy(seat.learning_set)
    sent = request.POST if request.method == "POST" else None  # nothing ticked is an answer too
    form = SkillsForm(sent, instance=row, language=get_language() or "")
    if request.method == "POST" and form.is_valid():
        row.save(update_fields=["skills", "own_skills"])
        messages.success(request, "Saved.")
        return redirect("sets:set-guides", row.id)
    context = _context(seat) | {"form": form}
    return render(request, "sets/skills.html", context, status=422 if form.errors else 200)


@require_safe
@seated
def own_guide(request: SignedInRequest, seat: Seat, guide_id: UUID) -> HttpResponse:
    row = _row(seat, guide_id)
    with keys_at_hand({row.key_id}):
        context = _context(seat) | {"guide": row, "body": prose.html(row.text)}
        context["may_change"] = writing_guides.may_change(seat, row)
        return render(request, "sets/own_guide.html", context)


@get_or_post
@seated
def write(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Write a guide of the set's own."""
    seat.must_go_on()
    form = OwnGuideForm(request.POST or None, facilitates=seat.is_facilitator)
    if request.method == "POST" and form.is_valid():
        try:
            row = writing_guides.write(seat, **form.words, at=timezone.now())
        except writing_guides.TooMany:
            form.add_error(None, f"A set has {writing_guides.MOST} guides of its own at most.")
        else:
            return redirect("sets:own-guide", seat.learning_set.id, row.id)
    return _form(request, seat, form, None)


@get_or_post
@seated
def edit(request: SignedInRequest, seat: Seat, guide_id: UUID) -> HttpResponse:
    """Change one."""
    row = _row(seat, guide_id)
    seat.must(writing_guides.may_change(seat, row), "Its writer changes it, or the facilitator.")
    form = OwnGuideForm(request.POST or None, facilitates=seat.is_facilitator, row=row)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            writing_guides.change(seat, row, **form.words, seen=seen)
        except writing_guides.WrittenMeanwhile:
            form.add_error(None, MEANWHILE)
        else:
            return redirect("sets:own-guide", seat.learning_set.id, row.id)
    return _form(request, seat, form, row)


@get_or_post
@seated
def delete(request: SignedInRequest, seat: Seat, guide_id: UUID) -> HttpResponse:
    """Ask once, then erase it."""
    row = _row(seat, guide_id)
    seat.must(writing_guides.may_change(seat, row), "Its writer deletes it, or the facilitator.")
    if request.method == "POST":
        writing_guides.delete(seat, row)
        messages.success(request, "The guide is deleted.")
        return redirect("sets:set-guides", seat.learning_set.id)
    return render(request, "sets/own_guide_delete.html", _context(seat) | {"guide": row})


def _row(seat: Seat, guide_id: UUID) -> OwnGuide:
    rows = OwnGuide.objects.visible_to(seat.person).filter(learning_set=seat.learning_set)
    return get_object_or_404(rows, pk=guide_id)


def _form(
    request: SignedInRequest, seat: Seat, form: OwnGuideForm, row: OwnGuide | None
) -> HttpResponse:
    context = _context(seat) | {"form": form, "guide": row}
    return render(request, "sets/own_guide_edit.html", context, status=422 if form.errors else 200)


def _context(seat: Seat) -> dict[str, object]:
    return {"learning_set": seat.learning_set, "accent": seat.learning_set.accent, "seat": seat}
