"""The room's gate. Words are for whoever has entered: checked in, and present from that stage on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import FilteredRelation, Q, QuerySet
from django.http import Http404

from setwise.people.models import Person
from setwise.prepared import change, prepared
from setwise.protocols.engine import Hand
from setwise.room.models import CheckIn, Room, Round
from setwise.sets import seats
from setwise.sets.models import Membership
from setwise.sets.models.membership import seated
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
    room = _room.first(meeting_id, person.id)
    membership: Membership | None = getattr(room, "membership", None)
    if room is None or membership is None:
        raise Http404
    membership.person, membership.learning_set = person, room.meeting.learning_set
    seat = seats.of(membership)
    if seat is None:
        raise Http404
    return Entry(seat, room, getattr(room, "check_in", None), _MINT)


@prepared(UUID, UUID)
def _room(meeting_id: UUID, person_id: UUID) -> QuerySet[Room]:
    """The room, its set, and what this person is in them, read at once."""
    path = "meeting__learning_set__memberships"
    theirs = seated(f"{path}__") & Q((f"{path}__person_id", person_id))
    rows = Room.objects.filter(meeting_id=meeting_id).annotate(
        membership=FilteredRelation(path, condition=theirs),
        check_in=FilteredRelation("check_ins", condition=Q(check_ins__person_id=person_id)),
    )
    related = ("meeting__learning_set", "membership", "check_in")
    return rows.select_related(*related)


def locked(person: Person, meeting_id: UUID) -> Entry:
    """The same inside a transaction, the room locked first and the seat read after it.

    Two people who press at once are thus taken one after the other.
    """
    if connection.features.has_select_for_update:  # else the transaction itself is the lock
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
    counts = ["version", *["people_version"] * people, *["words_version"] * words]
    change(Room, room.pk, *counts, **facts)
