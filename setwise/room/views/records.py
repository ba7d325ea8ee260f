from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from setwise.people.requests import SignedInRequest, signed_in
from setwise.room import asking, presenting, records
from setwise.room.models.note import MARKS
from setwise.room.refusing import Refusal


@never_cache
@require_safe
@signed_in
def record(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """What was written in a round: its presenter's, and whose else the notes rule says."""
    row = records.record_of(request.user, round_id)
    own = row.presenter_id == request.user.id
    questions = [n for n in row.questions.select_related("author") if own or n.confirmed_at]
    options = [n for n in row.options.select_related("author") if own or n.confirmed_at]
    context = {
        "round": row,
        "own": own,
        "meeting": row.room.meeting,
        "words": {
            n: row.words(n) for n in ("statement", "first_statement", "presentation", "feedback")
        },
        "questions": [(n, n.words("text")) for n in questions if own or n.opened_at],
        "options": [(n, n.words("text")) for n in options],
        "decided": [each.action for each in row.decided.select_related("action")] if own else [],
        "marks": MARKS,
        "accent": row.room.meeting.learning_set.accent,
    }
    return render(request, "room/record.html", context)


@require_POST
@signed_in
def mark(request: SignedInRequest, round_id: UUID, note_id: UUID) -> HttpResponse:
    """The presenter marks a question, or confirms a draft."""
    row = records.record_of(request.user, round_id)
    question = row.questions.filter(pk=note_id).first()
    if "confirm" in request.POST:
        found = question or get_object_or_404(row.options.all(), pk=note_id)
        asking.confirm(request.user.id, found, at=timezone.now())
    else:
        found = question or get_object_or_404(row.questions.all(), pk=note_id)
        try:
            presenting.mark(request.user.id, found, mark=request.POST.get("mark", ""))
        except Refusal as refusal:
            messages.warning(request, refusal.sentence)
    return redirect("room:record", round_id)


@require_POST
@signed_in
def readers(request: SignedInRequest, round_id: UUID) -> HttpResponse:
    """The presenter closes the record to the others, or opens it as far as the notes rule goes."""
    row = records.record_of(request.user, round_id)
    presenting.decide_readers(
        request.user.id, row, readers="present" if request.POST.get("open") else "presenter"
    )
    return redirect("room:record", round_id)
