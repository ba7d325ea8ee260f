from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.meetings import scheduling
from setwise.meetings.forms import MeetingForm
from setwise.meetings.gate import meeting_seated
from setwise.meetings.models import Meeting
from setwise.meetings.views.fixed import fixed
from setwise.people.requests import SignedInRequest
from setwise.sets.agreeing import current_settings
from setwise.sets.seats import Seat, seated

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@seated
def fix(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Fix the next meeting."""
    at = timezone.now()
    form = MeetingForm(
        request.POST or None, at=at, until=seat.learning_set.closes_at, initial=_as_last_time(seat)
    )
    if request.method == "POST" and form.is_valid():
        meeting = scheduling.fix(seat, plan=form.plan(), at=at)
        return fixed(request, [meeting])
    return _page(request, seat, form, {"title": "Fix a meeting", "button": "Fix the meeting"})


@get_or_post
@meeting_seated
def move(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """Change when or where."""
    seat.must(
        scheduling.may_change(seat, meeting), "Only whoever arranged the meeting may move it."
    )
    at, local = timezone.now(), meeting.local_start
    fields = ("zone", "minutes", "place", "link", "title")
    initial = {"date": local.date(), "time": local.time()} | {
        name: getattr(meeting, name) for name in fields
    }
    form = MeetingForm(
        request.POST or None, at=at, until=seat.learning_set.closes_at, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            scheduling.move(seat, meeting, plan=form.plan(), at=at)
            messages.success(request, "Changed. Everyone is told by e-mail.")
        except scheduling.NotChangeable:
            messages.info(request, "This meeting is over or was cancelled, so nothing was changed.")
        return redirect("meetings:meeting", meeting.id)
    words = {"title": "Move the meeting", "button": "Move it", "meeting": meeting}
    return _page(request, seat, form, words)


@get_or_post
@meeting_seated
def cancel(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """Cancel the meeting, after a page that says what this does."""
    seat.must(
        scheduling.may_change(seat, meeting), "Only whoever arranged the meeting may cancel it."
    )
    if request.method != "POST":
        context = {"meeting": meeting, "learning_set": seat.learning_set}
        return render(
            request, "meetings/cancel.html", context | {"accent": seat.learning_set.accent}
        )
    try:
        scheduling.cancel(seat, meeting, at=timezone.now())
        messages.success(request, "Cancelled. Everyone is told by e-mail.")
    except scheduling.NotChangeable:
        messages.info(request, "This meeting is already over.")
    return redirect("meetings:meeting", meeting.id)


def _as_last_time(seat: Seat) -> dict[str, Any]:
    """The length that the rules say; place, link and zone as last time."""
    last = scheduling.last_fixed(seat.learning_set)
    where = {name: getattr(last, name) for name in ("zone", "place", "link")} if last else {}
    minutes = current_settings(seat.learning_set).meeting_minutes
    return {"zone": seat.person.zone, "minutes": minutes} | where


def _page(
    request: SignedInRequest, seat: Seat, form: MeetingForm, words: dict[str, Any]
) -> HttpResponse:
    learning_set = seat.learning_set
    context = words | {"form": form, "learning_set": learning_set, "accent": learning_set.accent}
    return render(request, "meetings/schedule.html", context, status=422 if form.errors else 200)
