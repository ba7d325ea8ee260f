from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from setwise.meetings import convening, polling
from setwise.meetings.convening import NotOpen
from setwise.meetings.gate import poll_seated
from setwise.meetings.models import Poll, PollDate, PollPlace
from setwise.meetings.poll_forms import DateForm, PlaceForm
from setwise.meetings.polling import Where
from setwise.meetings.refusing import Refusal
from setwise.meetings.views.polls import CLOSED
from setwise.people.requests import SignedInRequest
from setwise.sets.seats import Seat
from setwise.ui import zones

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@poll_seated
def dates(request: SignedInRequest, seat: Seat, poll: Poll) -> HttpResponse:
    """Propose another date, or take one out."""
    at = timezone.now()
    until = seat.learning_set.closes_at
    last = poll.dates.order_by("starts_at").last()
    start = last.starts_at.astimezone(zones.zone(poll.zone)).time() if last else None
    form = DateForm(
        request.POST or None, zone=poll.zone, at=at, until=until, initial={"time": start}
    )
    if request.method == "POST" and form.is_valid():
        try:
            polling.add_date(seat, poll, starts_at=form.cleaned_data["starts_at"], at=at)
        except NotOpen:
            form.add_error("date", CLOSED)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, "The date is added. Answer it too.")
            return redirect("meetings:poll", poll.id)
    return _page(request, seat, poll, form, {"rows": list(poll.dates.order_by("starts_at"))})


@get_or_post
@poll_seated
def places(request: SignedInRequest, seat: Seat, poll: Poll) -> HttpResponse:
    """Propose another place, or take one out."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            polling.add_place(seat, poll, where=Where(**form.cleaned_data), at=timezone.now())
        except NotOpen:
            form.add_error("place", CLOSED)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, "The place is added. Answer it too.")
            return redirect("meetings:poll", poll.id)
    rows = list(poll.places.order_by("place", "link"))
    return _page(request, seat, poll, form, {"rows": rows, "of_places": True})


@require_POST
@poll_seated
def remove_date(request: SignedInRequest, seat: Seat, poll: Poll, row_id: UUID) -> HttpResponse:
    """Take a date out, with its answers."""
    return _remove(request, seat, poll, get_object_or_404(poll.dates, pk=row_id))


@require_POST
@poll_seated
def remove_place(request: SignedInRequest, seat: Seat, poll: Poll, row_id: UUID) -> HttpResponse:
    """Take a place out, with its answers."""
    return _remove(request, seat, poll, get_object_or_404(poll.places, pk=row_id))


def _remove(
    request: SignedInRequest, seat: Seat, poll: Poll, row: PollDate | PollPlace
) -> HttpResponse:
    try:
        polling.remove(seat, poll, row, at=timezone.now())
        messages.success(request, "Taken out.")
    except NotOpen:
        messages.info(request, CLOSED)
    return redirect("meetings:poll", poll.id)


def _page(
    request: SignedInRequest, seat: Seat, poll: Poll, form: forms.Form, more: dict[str, Any]
) -> HttpResponse:
    convenes = convening.may_convene(seat, poll)
    mine = {row.id for row in more["rows"] if convenes or row.added_by_id == request.user.id}
    context = more | {
        "poll": poll,
        "open": poll.takes_answers(at=timezone.now()) and seat.learning_set.goes_on,
        "form": form,
        "mine": mine,
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
    }
    return render(request, "meetings/poll_adding.html", context, status=422 if form.errors else 200)
