from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from setwise.meetings import convening, rhythm_words, settling
from setwise.meetings.convening import NotOpen
from setwise.meetings.gate import poll_seated
from setwise.meetings.models import Poll
from setwise.meetings.refusing import Refusal
from setwise.people.requests import SignedInRequest
from setwise.sets.seats import Seat


@require_POST
@poll_seated
def settle(request: SignedInRequest, seat: Seat, poll: Poll) -> HttpResponse:
    """Settle on a date and a place: it fixes the meeting and tells everyone."""
    seat.must(convening.may_convene(seat, poll), convening.MAY_NOT)
    date = get_object_or_404(poll.dates, pk=_id(request.POST.get("date", "")))
    place = None
    if chosen := request.POST.get("place"):
        place = get_object_or_404(poll.places, pk=_id(chosen))
    try:
        meeting = settling.settle(seat, poll, date=date, place=place, at=timezone.now())
    except NotOpen:
        messages.info(request, "This poll was settled or called off already.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, "The meeting is fixed. Everyone is told by e-mail.")
        return redirect("meetings:meeting", meeting.id)
    return redirect("meetings:poll", poll.id)


@require_POST
@poll_seated
def settle_series(request: SignedInRequest, seat: Seat, poll: Poll) -> HttpResponse:
    """Settle on a date for each meeting of a series, or for some of them: it fixes them all."""
    seat.must(convening.may_convene(seat, poll), convening.MAY_NOT)
    chosen = [
        _id(str(value)) for name, value in request.POST.items() if name[:5] == "date:" and value
    ]
    dates = list(poll.dates.filter(pk__in=chosen))
    place = None
    if where := request.POST.get("place"):
        place = get_object_or_404(poll.places, pk=_id(where))
    try:
        meetings = settling.settle_all(seat, poll, dates=dates, place=place, at=timezone.now())
    except NotOpen:
        messages.info(request, "This poll was settled or called off already.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        many = rhythm_words.number(len(meetings)).capitalize()
        told = "is fixed" if len(meetings) == 1 else "are fixed"
        word = "meeting" if len(meetings) == 1 else "meetings"
        messages.success(request, f"{many} {word} {told}. Everyone is told by e-mail.")
        return redirect("today:set", poll.learning_set_id)
    return redirect("meetings:poll", poll.id)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
