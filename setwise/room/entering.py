"""The room's gate. Words are for whoever has entered: checked in, and present from that stage on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404

from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.prepared import prepared
from setwise.protocols.engine import Hand
from setwise.room.models import CheckIn, Room, Round
from setwise.sets import seats
from setwise.sets.seats import Seat

_MINT = object()


@dataclass(frozen=True, slots=True)
class Entry:
    """Proof of a person's standing in one room. Only this module can make one."""

    seat: Seat
    room: Room
    check_in: CheckIn | None
    minted_by: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.minted_by is not _MINT:
            raise TypeError("An entry is made with entering.enter, never by hand.")

    @property
    def person(self) -> Person:
        return self.seat.person

    @property
    def entered(self) -> bool:
        row = self.check_in
        return bool(row and row.entered_at and not row.left_at)

    @property
    def controls(self) -> bool:
        """Whether this person holds the controls: whoever has gone holds them no more."""
        return self.room.chair_id == self.person.id and self.entered

    def must_be_entered(self) -> None:
        if not self.entered:
            raise PermissionDenied("You can do this once you are checked in.")

    def must_hold_controls(self) -> None:
        if not self.controls:
            raise PermissionDenied("Only whoever holds the controls can do this.")

    def hand(self) -> Hand:
        """What this person may do; whoever holds the controls may do all that a presenter may."""
        if self.controls:
            return Hand(controls=True, presenter=False)
        current = current_round(self.room)
        presents = bool(current and self.person.id in current.presenters)
        return Hand(False, presents, facilitator=self.seat.is_facilitator and self.entered)


def enter(person: Person, meeting_id: UUID) -> Entry:
    """The person's entry; Http404 for whoever has no seat, and where no room is open yet."""
    room, meeting = _room.first(meeting_id), _meeting.first(meeting_id)
    if room is None or meeting is None:
        raise Http404
    room.meeting = meeting
    seat = seats.take(person, meeting.learning_set_id)
    meeting.learning_set = seat.learning_set
    return Entry(seat, room, _check_in.first(room.id, person.id), _MINT)


@prepared(1)
def _room(meeting_id: UUID) -> QuerySet[Room]:
    return Room.objects.filter(meeting_id=meeting_id)


@prepared(1)
def _meeting(meeting_id: UUID) -> QuerySet[Meeting]:
    return Meeting.objects.filter(pk=meeting_id)


@prepared(2)
def _check_in(room_id: UUID, person_id: UUID) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(room_id=room_id, person_id=person_id)


def locked(person: Person, meeting_id: UUID) -> Entry:
    """The same inside a transaction, the room locked first and the seat read after it.

    Two people who press at once are thus taken one after the other.
    """
    Room.objects.filter(meeting_id=meeting_id).lock()
    return enter(person, meeting_id)


def current_round(room: Room) -> Round | None:
    """The round under way; in a meeting recorded afterwards, the one begun last."""
    rounds = Round.objects.filter(room=room)
    if room.recording:
        return rounds.last()
    number = room.course.round
    return rounds.filter(number=number).first() if number else None


def touch(room: Room, *, people: bool = True, words: bool = True, **facts: Any) -> None:
    """Move the room's version, in the transaction of the change: streams see it at its commit.

    `facts` are columns of the room that change with it. A stream reads people and words again only
    where they moved: say False for what cannot have changed, and nothing in doubt.
    """
    moved = {"version": F("version") + 1, **facts}
    if people:
        moved["people_version"] = F("people_version") + 1
    if words:
        moved["words_version"] = F("words_version") + 1
    Room.objects.filter(pk=room.pk).update(**moved)
