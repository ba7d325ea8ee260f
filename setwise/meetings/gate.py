from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from setwise.meetings.models import Meeting, Poll
from setwise.people.requests import SignedInRequest, signed_in
from setwise.sets import seats
from setwise.sets.seats import Seat

P = ParamSpec("P")


def meeting_seated(
    view: Callable[Concatenate[SignedInRequest, Seat, Meeting, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]:
    """Gate a view whose first URL argument is a meeting's id: it gets the Seat and the Meeting."""

    @wraps(view)
    def gated(
        request: SignedInRequest, meeting_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        visible = Meeting.objects.visible_to(request.user).select_related("learning_set")
        meeting = get_object_or_404(visible, pk=meeting_id)
        seat = seats.take(request.user, meeting.learning_set_id)
        return view(request, seat, meeting, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]", signed_in(gated))


def poll_seated(
    view: Callable[Concatenate[SignedInRequest, Seat, Poll, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]:
    """Gate a view whose first URL argument is a poll's id: it gets the Seat and the Poll."""

    @wraps(view)
    def gated(
        request: SignedInRequest, poll_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        visible = Poll.objects.visible_to(request.user).select_related("learning_set")
        poll = get_object_or_404(visible, pk=poll_id)
        seat = seats.take(request.user, poll.learning_set_id)
        return view(request, seat, poll, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]", signed_in(gated))
