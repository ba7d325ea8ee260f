"""Settling a poll: one press, or by itself. It fixes the meeting and tells everyone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from setwise.meetings import poll_mail, scheduling, series_mail, standing
from setwise.meetings.convening import MAY_NOT, NotOpen, convenor, may_convene
from setwise.meetings.models import Meeting, Poll, PollAnswer, PollDate, PollPlace, Reply
from setwise.meetings.moments import CLOSED
from setwise.meetings.refusing import Refusal
from setwise.meetings.scheduling import Plan
from setwise.people.models import Person
from setwise.sets import seats
from setwise.sets.models import Membership
from setwise.sets.seats import Seat

ONE_EACH = "Choose one date for each meeting."
DATE_OVER = "That date is over. Choose one still to come."
TAKEN_OUT = "Something that you chose was taken out meanwhile. Look again."


@transaction.atomic
def settle(
    seat: Seat, poll: Poll, *, dates: Collection[UUID], place: UUID | None, at: datetime
) -> list[Meeting]:
    """Fix a meeting on each of the poll's dates with these ids, one for each of a series at most.

    Everyone in the set is told, of a series in one letter. Whoever said yes to a date is taken to be
    coming. Of two who settle at once the first decides: the same dates again are the same meetings,
    others raise NotOpen. Raises Refusal for a date that has begun, for one after the set closes, for
    two of one meeting, and for a date or a place that is there no more.
    """
    seat.must(may_convene(seat, poll), MAY_NOT)
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    rows = poll.dates.filter(pk__in=dates)
    chosen = list(rows.select_related("meeting").order_by("starts_at"))
    settled = [date.meeting for date in chosen if date.meeting]
    if settled and len(settled) == len(chosen):
        return settled
    if not poll.is_unsettled:
        raise NotOpen
    where = poll.places.filter(pk=place).first() if place else None
    if len(chosen) < len(set(dates)) or (place and not where):
        raise Refusal("date", TAKEN_OUT)
    if not chosen or len({date.occurrence for date in chosen}) < len(chosen):
        raise Refusal("date", ONE_EACH)
    if chosen[0].starts_at <= at:
        raise Refusal("date", DATE_OVER)
    if _is_too_late(poll, chosen):
        raise Refusal("date", CLOSED)
    return _settle(seat, poll, chosen, where, by=seat.person, at=at)


def settle_if_agreed(poll: Poll, *, at: datetime) -> Poll:
    """Settle a poll that settles itself, once everyone has said yes to a date still to come, in a
    series to one for each of its meetings.

    Call in a transaction that holds the poll's row. It is the convenor's meeting then, and the
    convenor too is told.
    """
    if not poll.settles_itself or not poll.is_unsettled or not poll.learning_set.goes_on:
        return poll
    now = standing.of(poll, at=at)
    person = convenor(poll, at=at)
    if now.agreed and person and not _is_too_late(poll, now.agreed):
        seat = seats.take(person, poll.learning_set_id)
        place = now.places[0][0] if now.places else None
        _settle(seat, poll, now.agreed, place, by=None, at=at)
    return poll


def _is_too_late(poll: Poll, dates: Sequence[PollDate]) -> bool:
    """Whether one is after the set closes: that may have been announced once the poll was open."""
    until = poll.learning_set.closes_at
    return until is not None and any(date.starts_at > until for date in dates)


def _settle(
    seat: Seat,
    poll: Poll,
    dates: Sequence[PollDate],
    place: PollPlace | None,
    *,
    by: Person | None,
    at: datetime,
) -> list[Meeting]:
    where = {"place": place.place, "link": place.link} if place else {}
    meetings = []
    for date in dates:
        plan = Plan(date.starts_at, poll.zone, poll.minutes, **where)
        date.meeting = scheduling.fix(seat, plan=plan, at=at, quietly=True)
        date.save(update_fields=["meeting"])
        _take_answers(date.meeting, date, at=at)
        meetings.append(date.meeting)
    poll.settled_at, poll.closed_at = at, poll.closed_at or at
    poll.save(update_fields=["settled_at", "closed_at"])
    poll_mail.withdraw(poll)
    series_mail.fixed(meetings, by=by)
    return meetings


def _take_answers(meeting: Meeting, date: PollDate, *, at: datetime) -> None:
    """Whoever said yes to the date need not say it again; whoever said no is not taken to come."""
    seated = Membership.objects.seated().filter(learning_set=meeting.learning_set_id)
    answers = PollAnswer.objects.filter(date=date, person__in=seated.values("person"))
    meeting.replies.filter(person__in=answers.filter(answer="no").values("person")).delete()
    yes = answers.filter(answer="yes").values_list("person_id", flat=True)
    Reply.objects.bulk_create(
        [Reply(meeting=meeting, person_id=each, answer="yes", answered_at=at) for each in yes],
        ignore_conflicts=True,
    )
