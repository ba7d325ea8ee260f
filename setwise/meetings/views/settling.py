from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from setwise.meetings import settling
from setwise.meetings.convening import NotOpen
from setwise.meetings.gate import poll_seated
from setwise.meetings.models import Poll
from setwise.meetings.refusing import Refusal
from setwise.meetings.views.fixed import fixed
from setwise.people.requests import SignedInRequest
from setwise.sets.seats import Seat


@require_POST
@poll_seated
def settle(request: SignedInRequest, seat: Seat, poll: Poll) -> HttpResponse:
    """Settle on a date, in a series on one for each meeting or for some, and on a place."""
    dates = [
        _id(str(value)) for name, value in request.POST.items() if name[:4] == "date" and value
    ]
    chosen = request.POST.get("place")
    place = _id(chosen) if chosen else None
    try:
        meetings = settling.settle(seat, poll, dates=dates, place=place, at=timezone.now())
    except NotOpen:
        messages.info(request, "This poll was settled or called off already.")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        return fixed(request, meetings)
    return redirect("meetings:poll", poll.id)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
