"""The next best date for a meeting that too few can come to: from its poll, else by its rhythm."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from setwise.meetings import quorum, scheduling, series, standing
from setwise.meetings.models import KeptRhythm, Meeting, PollDate
from setwise.meetings.offer import Offer
from setwise.meetings.rhythm import Rhythm
from setwise.meetings.scheduling import Plan
from setwise.sets.seats import Seat

NOTICE = timedelta(days=2)  # sooner than this from now nobody can arrange their day anew
BY_RHYTHM = "the next date of your rhythm"
A_WEEK_ON = "the same day and time, the next week that is free"


class Changed(Exception):
    """That date is not the one to offer now, or enough can come after all."""


def of(meeting: Meeting, *, at: datetime) -> Offer | None:
    """What to offer in place of its date; None where nothing is left before the set closes.

    From the poll that found its date: the one that now stands next among those for the same meeting
    and to which enough can come. Else the next day of the set's rhythm, around public holidays and
    the other dates of that poll, which have had their answers.
    """
    return _by_poll(meeting, at) or _by_rhythm(meeting, at)


@transaction.atomic
def take(seat: Seat, meeting: Meeting, *, said: str, at: datetime) -> Meeting:
    """Move the meeting to the date offered: everyone is asked again, as for any move.

    `said` is the moment that the page offered, in ISO format. Raises PermissionDenied for whoever may
    not move it, NotChangeable once it is cancelled or over, and Changed where that is no more what is
    offered, or nothing is to be offered.
    """
    seat.must(
        scheduling.may_change(seat, meeting), "Only whoever arranged the meeting may move it."
    )
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.cancelled_at or meeting.ends_at <= at:
        raise scheduling.NotChangeable
    if meeting.starts_at.isoformat() == said:
        return meeting  # pressed twice
    offer = of(meeting, at=at) if quorum.of(meeting).lost else None
    if offer is None or offer.starts_at.isoformat() != said:
        raise Changed
    if offer.date:
        PollDate.objects.filter(pk=offer.date.pk).update(meeting=meeting)
    plan = Plan(
        offer.starts_at, meeting.zone, meeting.minutes, meeting.title, meeting.place, meeting.link
    )
    return scheduling.move(seat, meeting, plan=plan, at=at)


def _by_poll(meeting: Meeting, at: datetime) -> Offer | None:
    tried = meeting.proposed.select_related("poll__learning_set").first()
    if tried is None:
        return None
    taken = _taken(meeting, at)
    soonest, until = at + NOTICE, meeting.learning_set.closes_at
    now = standing.of(tried.poll, at=at)
    for date, row in now.by_occurrence.get(tried.occurrence, ()):
        free = date.meeting_id is None and date.starts_at != meeting.starts_at
        fits = date.starts_at >= soonest and (until is None or date.starts_at <= until)
        if free and fits and row.can and not row.short_of and date.starts_at not in taken:
            return Offer(date.starts_at, row.why, date)
    return None


def _taken(meeting: Meeting, at: datetime) -> set[datetime]:
    others = Meeting.objects.filter(learning_set=meeting.learning_set_id).coming(at=at)
    return set(others.exclude(pk=meeting.pk).values_list("starts_at", flat=True))


def _by_rhythm(meeting: Meeting, at: datetime) -> Offer | None:
    kept = KeptRhythm.objects.filter(learning_set=meeting.learning_set_id).first()
    local = meeting.local_start
    soonest = (at + NOTICE).astimezone(local.tzinfo).date() + timedelta(days=1)
    asked = set(
        PollDate.objects.filter(poll__dates__meeting=meeting).values_list("starts_at", flat=True)
    )
    weekly = Rhythm(
        weeks=1,
        days=frozenset(kept.days if kept else [local.weekday()]),
        times=(local.time(),),
        first=max(local.date() + timedelta(days=1), soonest),
        count=1 + len(asked),
        months_out=frozenset(kept.months_out if kept else ()),
    )
    found = series.offered(meeting.learning_set, weekly, zone=meeting.zone, at=at, but=meeting)
    free = (starts for each in found for starts in each.starts if starts not in asked)
    first = next(free, None)
    return Offer(first, BY_RHYTHM if kept else A_WEEK_ON) if first else None
