"""The page of whoever facilitates a set: playbook, guides to offer, private notes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from setwise.people.requests import SignedInRequest
from setwise.room import noting
from setwise.room.composing import RefusedForm, leading
from setwise.room.entering import Entry
from setwise.room.refusing import Refusal
from setwise.room.views.acts import act
from setwise.room.views.reading_forms import somebody
from setwise.sets import offering_guides, practising
from setwise.sets.models import Membership
from setwise.sets.seats import Seat, seated
from setwise.vault.sealing import keys_at_hand


@require_safe
@seated
def facilitating(request: SignedInRequest, seat: Seat) -> HttpResponse:
    return _page(request, seat)


@require_POST
@seated
def notes(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Keep a private note about process."""
    text, meant = request.POST.get("text", ""), request.POST.get("meant", "")
    try:
        noting.write(seat, text=text, meant=meant, at=timezone.now())
    except Refusal as refusal:
        refused = RefusedForm(request.path, refusal, request.POST.dict())
        return _page(request, seat, refused)
    messages.success(request, "Kept.")
    return redirect("room:facilitating", seat.learning_set.id)


@require_POST
@seated
def erase_note(request: SignedInRequest, seat: Seat, note_id: UUID) -> HttpResponse:
    if not noting.erase(seat, note_id):
        raise Http404
    messages.success(request, "The note is erased.")
    return redirect("room:facilitating", seat.learning_set.id)


def _page(request: SignedInRequest, seat: Seat, refused: RefusedForm | None = None) -> HttpResponse:
    language = get_language() or ""
    given, own = seat.learning_set, noting.own(seat, at=timezone.now())
    rows = Membership.objects.visible_to(seat.person).seated().filter(learning_set=given)
    others = rows.exclude(person=seat.person).order_by("person__name")
    people = tuple(
        (str(person), name) for person, name in others.values_list("person_id", "person__name")
    )
    write = leading.note(reverse("room:process-notes", args=[given.id])).after(refused)
    context = {
        "learning_set": given,
        "accent": given.accent,
        "practised": practising.practised(given, language),
        "wishes": practising.wishes(seat.person, given, language),
        "notes": own,
        "write": write if noting.may_note(seat) else None,
        "guide": leading.guide(reverse("sets:offer-guide", args=[given.id]), people)
        if seat.is_facilitator and people and given.goes_on
        else None,
        "life": noting.LIFE.days,
        "refused": refused,
    }
    with keys_at_hand({given.key_id}):
        return render(request, "room/facilitating.html", context, status=422 if refused else 200)


@act
def note_process(entry: Entry, data: QueryDict, at: datetime) -> None:
    if not entry.seat.is_facilitator:
        entry.must_hold_controls()
    entry.must_be_entered()
    noting.write(entry.seat, text=data.get("text", ""), meant=data.get("meant", ""), at=at)


@act
def offer_guide(entry: Entry, data: QueryDict, at: datetime) -> None:
    entry.must_be_entered()
    try:
        offering_guides.offer(
            entry.seat, to=somebody(data, "to"), guide=data.get("guide", ""), at=at
        )
    except offering_guides.NobodyHere as error:
        raise Refusal("to", str(error)) from error
