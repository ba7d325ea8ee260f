"""A meeting to which too few can come: it is moved, or, where the rules leave it open, held anyway."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from setwise.meetings import quorum, scheduling, too_few_mail
from setwise.meetings.models import Meeting
from setwise.meetings.quorum import Quorum
from setwise.people.models import Person
from setwise.sets.seats import Seat


class RuleMoves(Exception):
    """The set agreed that a meeting below quorum is moved."""


@transaction.atomic
def hold_anyway(seat: Seat, meeting: Meeting, *, at: datetime) -> None:
    """Decide to hold a meeting although too few can come. A new time asks again.

    Whoever may change the meeting may. Raises RuleMoves where the ground rules say otherwise,
    NotChangeable once it is cancelled or over.
    """
    seat.must(
        scheduling.may_change(seat, meeting), "Only whoever arranged the meeting decides this."
    )
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.cancelled_at or locked.ends_at <= at:
        raise scheduling.NotChangeable
    if quorum.of(locked).moves:
        raise RuleMoves
    Meeting.objects.filter(pk=locked.pk).update(goes_ahead_at=at)
    too_few_mail.withdraw(locked)


def is_open(meeting: Meeting, *, at: datetime) -> bool:
    """Whether it is still to be decided what becomes of it, should too few come."""
    decided = meeting.goes_ahead_at or meeting.cancelled_at
    return not decided and meeting.starts_at > at


def asked_of(person: Person, meetings: Collection[Meeting], *, at: datetime) -> dict[UUID, Quorum]:
    """Of these meetings, those to which too few can come, for this person to move or to hold."""
    undecided = [each for each in meetings if is_open(each, at=at)]
    theirs = scheduling.changeable(person, undecided)
    counted = quorum.among([each for each in undecided if each.id in theirs])
    return {meeting_id: found for meeting_id, found in counted.items() if found.lost}
