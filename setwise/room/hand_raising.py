"""A queue of raised hands, for those who do not sit in one room. Nothing of it is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from setwise.protocols.engine import Reason, Refused
from setwise.room.entering import Entry, current_round, touch
from setwise.room.models import CheckIn, Room


def raise_hand(entry: Entry, *, expected: int, at: datetime) -> None:
    """Join the queue; raised twice it keeps its place.

    A hand is raised for the stage it was seen in: one that arrives after that is refused.
    """
    entry.must_be_entered()
    if entry.room.course.moves != expected:
        raise Refused(Reason.MOVED_ALREADY)
    down = CheckIn.objects.filter(room=entry.room, person=entry.person, hand_raised_at=None)
    if down.update(hand_raised_at=at):
        touch(entry.room, words=False)


def lower_hand(entry: Entry, *, whose: UUID) -> None:
    """Put down one's own hand, or as the presenter or with the controls anybody's after their turn."""
    entry.must_be_entered()
    if whose != entry.person.id and not entry.controls:
        presents = current_round(entry.room)
        if presents is None or entry.person.id not in presents.presenters:
            raise PermissionDenied("Whoever holds the controls puts a hand down, or the presenter.")
    if _raised(entry.room).filter(person=whose).update(hand_raised_at=None):
        touch(entry.room, words=False)


def all_down(room: Room) -> None:
    """The stage moved on, and with it who wanted to speak in it. The caller moves the version."""
    _raised(room).update(hand_raised_at=None)


def _raised(room: Room) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(room=room).exclude(hand_raised_at=None)
