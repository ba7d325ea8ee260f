"""Several meetings at once, from a rhythm: which dates there are, and fixing them without a poll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from setwise.meetings import public_holidays, scheduling, series_mail
from setwise.meetings.models import KeptRhythm, Meeting, Poll
from setwise.meetings.rhythm import Calendar, Occurrence, Rhythm, occurrences
from setwise.meetings.scheduling import Plan
from setwise.sets.models import LearningSet
from setwise.sets.seats import Seat
from setwise.ui import zones

FARTHEST = timedelta(days=366 * 3)


def offered(
    learning_set: LearningSet,
    rhythm: Rhythm,
    *,
    zone: str,
    at: datetime,
    but: Meeting | None = None,
) -> list[Occurrence]:
    """The rhythm's dates for this set, by the clocks in `zone`, until it closes or three years ahead.

    They go around its country's public holidays and the days on which it meets already, `but` for
    one of these meetings.
    """
    until = min(learning_set.closes_at or at + FARTHEST, at + FARTHEST)
    years = rhythm.first.year, max(rhythm.first.year, until.year)
    there = zones.zone(zone)
    coming = Meeting.objects.filter(learning_set=learning_set).coming(at=at)
    others = coming.exclude(pk=but.pk) if but else coming
    calendar = Calendar(
        zone=there,
        holidays=public_holidays.between(learning_set.country, *years),
        taken={each.starts_at.astimezone(there).date() for each in others},
    )
    return occurrences(rhythm, calendar, until=until)


@transaction.atomic
def fix(seat: Seat, *, plans: Sequence[Plan], at: datetime) -> list[Meeting]:
    """Fix all these meetings and tell the others in one letter. Any seat may, as for one meeting.

    The same form sent twice, or by two presses at once, fixes each once.
    """
    seat.must_go_on()
    LearningSet.objects.select_for_update(no_key=True).get(pk=seat.learning_set.pk)
    meetings = [scheduling.fix(seat, plan=plan, at=at, quietly=True) for plan in plans]
    if new := [each for each in meetings if each.arranged_at == at]:  # the others were told then
        series_mail.fixed(new, by=seat.person)
    return meetings


def keep(seat: Seat, rhythm: Rhythm, *, zone: str) -> None:
    """Remember the rhythm as the set's: the next dates are offered by it."""
    words = {
        "weeks": rhythm.weeks,
        "days": sorted(rhythm.days),
        "times": [f"{each:%H:%M}" for each in rhythm.times],
        "months_out": sorted(rhythm.months_out),
        "zone": zone,
    }
    KeptRhythm.objects.update_or_create(learning_set=seat.learning_set, defaults=words)


def kept(seat: Seat) -> KeptRhythm | None:
    """The rhythm of the seat's set, if it has proposed or fixed dates by one."""
    return KeptRhythm.objects.filter(learning_set=seat.learning_set).first()


def nearest(poll: Poll, starts_at: datetime) -> int:
    """For which meeting of a series a moment is proposed: that of the date nearest to it."""
    there = poll.dates.values_list("starts_at", "occurrence")
    return min(there, key=lambda row: abs(row[0] - starts_at), default=(starts_at, 1))[1]
