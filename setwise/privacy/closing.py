"""Closing a set: announced for a day, told to everyone, and taken back by anyone until then."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from setwise.meetings.models import Meeting
from setwise.privacy import mail
from setwise.room.models import Room
from setwise.room.refusing import Refusal
from setwise.sets import seating
from setwise.sets.agreeing import current_settings
from setwise.sets.models import GroundRules, Invitation, LearningSet, Membership
from setwise.sets.seating import NotPossible
from setwise.sets.seats import Seat

NOTICE = timedelta(days=7)
FARTHEST = timedelta(days=366)
UNDER_WAY = timedelta(hours=12)  # so long after its end may a meeting still be going on
LAST_MINUTE = time(23, 59)
FORBIDDEN = "Only the facilitator can close the set; where there is none, any member can."


def may_announce(seat: Seat) -> bool:
    """The facilitator may; any member, where nobody facilitates."""
    if seat.is_facilitator:
        return True
    holders = Membership.objects.facilitating().filter(learning_set=seat.learning_set)
    return not holders.exists()


@transaction.atomic
def announce(seat: Seat, *, day: date, at: datetime) -> LearningSet:
    """Say that the set closes at the end of `day`, in the zone of whoever says so.

    The others are told by e-mail, and anyone in the set can take it back until then. Announced
    again it is another day. Raises Refusal for a day too near, too far, or before a meeting.
    """
    seat.must(may_announce(seat), FORBIDDEN)
    learning_set = seating.locked(seat)
    if learning_set.closed_at:
        raise NotPossible("The set is closed already.")
    closes_at = _end_of(day, seat, at)
    if _meetings_after(learning_set, closes_at).exists():
        raise Refusal("day", "You meet after that day. Choose a later one, or cancel that meeting.")
    if learning_set.closes_at != closes_at:
        learning_set.closes_at, learning_set.closing_by = closes_at, seat.person
        learning_set.save(update_fields=["closes_at", "closing_by"])
        mail.closing(learning_set, by=seat.person, erases_at=erasing_day(learning_set), at=at)
    return learning_set


@transaction.atomic
def take_back(seat: Seat, *, at: datetime) -> None:
    """Keep the set on. Anyone in it may, until it is closed; the others are told by e-mail."""
    learning_set = seating.locked(seat)
    if learning_set.closed_at:
        raise NotPossible("The set is closed already.")
    if learning_set.closes_at:
        LearningSet.objects.filter(pk=learning_set.pk).update(closes_at=None, closing_by=None)
        mail.goes_on(learning_set, by=seat.person, at=at)


def close_due(*, at: datetime) -> int:
    """Close the sets whose day is over, but none in mid-meeting; returns how many.

    The rules in force then say when the rest is erased. A set that its last member left has that
    day set too.
    """
    due = Q(closed_at=None, closes_at__lte=at) & ~Q(Exists(_under_way(at)))
    undated = Q(closed_at__isnull=False, erases_at=None)
    ids = list(LearningSet.objects.filter(due | undated).values_list("pk", flat=True))
    return sum(_close(pk, at) for pk in ids)


def erasing_day(learning_set: LearningSet) -> datetime:
    """When the rest is erased, by the rules in force: so many days after the set closes."""
    days = current_settings(learning_set).keep_days_after_close
    closes_at = learning_set.closed_at or learning_set.closes_at
    assert closes_at
    return closes_at + timedelta(days=days)


@transaction.atomic
def _close(pk: UUID, at: datetime) -> int:
    learning_set = LearningSet.objects.select_for_update().get(pk=pk)
    announced = learning_set.closed_at is None
    if learning_set.erases_at or (announced and not _is_due(learning_set, at)):
        return 0  # another worker has closed it, or somebody took it back
    learning_set.closed_at = learning_set.closed_at or at
    learning_set.erases_at = erasing_day(learning_set)
    learning_set.save(update_fields=["closed_at", "erases_at"])
    GroundRules.objects.filter(learning_set=learning_set, state__in=("draft", "proposed")).update(
        state="withdrawn"
    )
    Invitation.objects.filter(learning_set=learning_set, answer="", withdrawn_at=None).update(
        withdrawn_at=at
    )
    if announced:
        mail.closed(learning_set)
    return 1


def _is_due(learning_set: LearningSet, at: datetime) -> bool:
    return bool(learning_set.closes_at and learning_set.closes_at <= at)


def _under_way(at: datetime) -> QuerySet[Room]:
    return Room.objects.filter(
        meeting__learning_set=OuterRef("pk"), closed_at=None, meeting__ends_at__gt=at - UNDER_WAY
    )


def _meetings_after(learning_set: LearningSet, closes_at: datetime) -> QuerySet[Meeting]:
    meetings = Meeting.objects.filter(learning_set=learning_set, cancelled_at=None)
    return meetings.filter(ends_at__gt=closes_at)


def _end_of(day: date, seat: Seat, at: datetime) -> datetime:
    zone = seat.person.tzinfo
    today = at.astimezone(zone).date()
    if day < today + NOTICE:
        raise Refusal("day", "Choose a day a week from now or later, so that everyone hears of it.")
    if day > today + FARTHEST:
        raise Refusal("day", "Choose a day within a year.")
    return datetime.combine(day, LAST_MINUTE, zone)
