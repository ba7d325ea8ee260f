from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from setwise.meetings import convening, poll_page, polling, scheduling, standing
from setwise.meetings.convening import NotOpen
from setwise.meetings.gate import poll_seated
from setwise.meetings.models import Poll
from setwise.meetings.poll_forms import ROWS, OpenForm, WordsForm, answers
from setwise.meetings.refusing import Refusal
from setwise.meetings.views.fixed import fixed
from setwise.people.requests import SignedInRequest
from setwise.sets.agreeing import current_settings
from setwise.sets.seats import Seat, seated
from setwise.ui import zones

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
CLOSED = "This poll is closed, so nothing was changed."
KEPT = "Thank you. Your answers are kept, and you can change them until the poll closes."
OPENED = "The poll is open. Everyone is asked by e-mail. Now answer it yourself."
WEEK = timedelta(days=7)


@get_or_post
@seated
def find(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Open a poll, to find the next date."""
    seat.must_go_on()
    at, learning_set = timezone.now(), seat.learning_set
    form = OpenForm(
        request.POST or None, at=at, until=learning_set.closes_at, initial=_as_last_time(seat, at)
    )
    if request.method == "POST" and form.is_valid():
        try:
            poll = polling.open_poll(seat, proposal=form.proposal(), at=at)
        except polling.OneOpen as there:
            messages.info(request, "Your set has an open poll already. Add your dates to it.")
            return redirect("meetings:poll", there.poll.id)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, OPENED)
            return redirect("meetings:poll", poll.id)
    context = {"form": form, "learning_set": learning_set, "accent": learning_set.accent}
    return render(request, "meetings/find.html", context, status=422 if form.errors else 200)


@get_or_post
@poll_seated
def poll(request: SignedInRequest, seat: Seat, poll: Poll) -> HttpResponse:
    """Answer a poll, and see how it stands."""
    if request.method != "POST":
        return _page(request, seat, poll, WordsForm())
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, poll, form)
    given, words = answers(request.POST), form.cleaned_data["words"]
    try:
        after = polling.answer(seat, poll, given=given, words=words, at=timezone.now())
    except NotOpen:
        if words.strip():  # nothing typed is lost
            form.add_error("words", CLOSED)
            return _page(request, seat, poll, form)
        messages.info(request, CLOSED)
        return redirect("meetings:poll", poll.id)
    if after.settled_at:
        return fixed(request, after.meetings, agreed=True)
    messages.success(request, KEPT)
    return redirect("meetings:poll", poll.id)


@require_POST
@poll_seated
def close(request: SignedInRequest, seat: Seat, poll: Poll) -> HttpResponse:
    """Take no more answers."""
    polling.close(seat, poll, at=timezone.now())
    messages.success(request, "The poll is closed. Choose a date when you like.")
    return redirect("meetings:poll", poll.id)


@get_or_post
@poll_seated
def cancel(request: SignedInRequest, seat: Seat, poll: Poll) -> HttpResponse:
    """Call the poll off, after a page that says what this does."""
    seat.must_go_on()
    seat.must(convening.may_convene(seat, poll), convening.MAY_NOT)
    if request.method != "POST":
        context = {"poll": poll, "learning_set": seat.learning_set}
        return render(
            request, "meetings/poll_cancel.html", context | {"accent": seat.learning_set.accent}
        )
    try:
        polling.cancel(seat, poll, at=timezone.now())
        messages.success(request, "Called off. Everyone is told by e-mail.")
    except NotOpen:
        messages.info(request, "This poll is settled already.")
        return redirect("meetings:poll", poll.id)
    return redirect("today:set", seat.learning_set.id)


def _page(request: SignedInRequest, seat: Seat, poll: Poll, form: WordsForm) -> HttpResponse:
    at, person = timezone.now(), request.user
    now = standing.of(poll, at=at)
    goes_on = seat.learning_set.goes_on
    context = poll_page.answering(poll, person, now, answers(request.POST), at=at)
    context |= poll_page.standing_of(now) | {
        "form": form,
        "notes": poll_page.notes(poll, person, now, at=at),
        "may_convene": goes_on and poll.is_unsettled and convening.may_convene(seat, poll),
    }
    return render(request, "meetings/poll.html", context, status=422 if form.errors else 200)


def _as_last_time(seat: Seat, at: datetime) -> dict[str, Any]:
    """The length that the rules say; place, link, zone and time of day as last time."""
    last = scheduling.last_fixed(seat.learning_set)
    start: dict[str, Any] = {"zone": seat.person.zone}
    if last:
        start = {name: getattr(last, name) for name in ("zone", "place", "link")}
        clock = last.local_start.time()
        start |= {f"time_{number}": clock for number in range(1, ROWS + 1)}
    earlier = seat.learning_set.polls.order_by("-opened_at").first()
    start["minutes"] = current_settings(seat.learning_set).meeting_minutes
    start["settles_itself"] = bool(earlier and earlier.settles_itself)
    start["closes_on"] = (at.astimezone(zones.zone(start["zone"])) + WEEK).date()
    return start
