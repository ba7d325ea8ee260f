from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.meetings import polling, rhythm_words, scheduling, series
from setwise.meetings.refusing import Refusal
from setwise.meetings.rhythm_forms import PARTS, RhythmForm, SeriesForm
from setwise.meetings.views.fixed import fixed
from setwise.meetings.views.polls import OPENED
from setwise.people.requests import SignedInRequest
from setwise.sets import countries
from setwise.sets.agreeing import current_settings
from setwise.sets.seats import Seat, seated
from setwise.ui import zones

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
WEEK, FORTNIGHT = timedelta(weeks=1), timedelta(weeks=2)


@get_or_post
@seated
def rhythm(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Say a rhythm, see its real dates, then ask the set or fix them all."""
    seat.must_go_on()
    if request.method == "POST" and not request.GET:
        return redirect("meetings:rhythm", seat.learning_set.id)
    at = timezone.now()
    local = at.astimezone(zones.zone(seat.person.zone))
    asked = RhythmForm(request.GET or None, today=local.date(), initial=_as_before(seat, at))
    if not asked.is_valid():
        return _page(request, seat, asked, None)
    zone = asked.cleaned_data["zone"]
    form = SeriesForm(
        request.POST or None,
        at=at,
        found=series.offered(seat.learning_set, asked.rhythm(), zone=zone, at=at),
        zone=zone,
        initial=_where(seat, at),
    )
    if request.method == "POST" and form.is_valid():
        done = _ask(request, seat, form, at) if form.asks else _fix(request, seat, form, at)
        if done:
            series.keep(seat, asked.rhythm(), zone=zone)
            return done
    return _page(request, seat, asked, form)


def _ask(
    request: SignedInRequest, seat: Seat, form: SeriesForm, at: datetime
) -> HttpResponse | None:
    try:
        poll = polling.open_poll(seat, proposal=form.proposal(), at=at)
    except polling.OneOpen as there:
        messages.info(request, "Your set has an open poll already. Add your dates to it.")
        return redirect("meetings:poll", there.poll.id)
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, OPENED)
    return redirect("meetings:poll", poll.id)


def _fix(request: SignedInRequest, seat: Seat, form: SeriesForm, at: datetime) -> HttpResponse:
    return fixed(request, series.fix(seat, plans=form.plans(), at=at))


def _as_before(seat: Seat, at: datetime) -> dict[str, Any]:
    """The set's rhythm, and its next day after the meetings that are fixed."""
    kept = series.kept(seat)
    last = seat.learning_set.meetings.coming(at=at).last()
    first = (at.astimezone(zones.zone(seat.person.zone)) + FORTNIGHT).date()
    start = _where(seat, at) | {"weeks": 6, "count": 6, "first": first, "parts": ["morning"]}
    if kept:
        parts = {f"{clock:%H:%M}": part for part, clock in PARTS.items()}
        exact = [each for each in kept.times if each not in parts]
        start |= {"weeks": kept.weeks, "days": kept.days, "months_out": kept.months_out}
        start |= {"parts": [parts[each] for each in kept.times if each in parts]}
        start |= {"clock": exact[0] if exact else None, "zone": kept.zone}
    if last:
        day = last.local_start.date()
        monday = day - timedelta(days=day.weekday())
        start["first"] = max(first, monday + start["weeks"] * WEEK)
    return start


def _where(seat: Seat, at: datetime) -> dict[str, Any]:
    """Place and link as last time, the length that the rules say, a week to answer."""
    last = scheduling.last_fixed(seat.learning_set)
    where = {name: getattr(last, name) for name in ("zone", "place", "link")} if last else {}
    start = {"zone": seat.person.zone} | where
    start["minutes"] = current_settings(seat.learning_set).meeting_minutes
    start["closes_on"] = (at.astimezone(zones.zone(start["zone"])) + WEEK).date()
    return start


def _page(
    request: SignedInRequest, seat: Seat, asked: RhythmForm, form: SeriesForm | None
) -> HttpResponse:
    learning_set = seat.learning_set
    context: dict[str, Any] = {
        "asked": asked,
        "form": form,
        "country": countries.called(learning_set.country),
        "learning_set": learning_set,
        "accent": learning_set.accent,
    }
    if form:
        rhythm, zone = asked.rhythm(), form.place_zone
        context |= {
            "sentence": rhythm_words.sentence(rhythm),
            "zone": zone,
            "elsewhere": zone != seat.person.zone,
            "missing": rhythm.count - len(form.found),
        }
    wrong = asked.errors or (form and form.errors)
    return render(request, "meetings/rhythm.html", context, status=422 if wrong else 200)
