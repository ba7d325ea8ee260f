"""A note-taker's draft: its owner confirms it or drops it, and until then its typist may too drop it.

Owners may do so after the meeting as well, and after leaving the set: it is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from setwise.actions import deciding, progressing
from setwise.actions.models import Action, Progress
from setwise.people.models import Person
from setwise.room import presenting
from setwise.room.entering import touch
from setwise.room.models import Bid, CheckOut, Draft, Option, Question, Room

Kind = Literal["question", "option", "part", "bid", "action", "progress", "check-out"]
Row = Question | Option | Draft | Bid | Action | Progress | CheckOut


@dataclass(frozen=True, slots=True)
class Found:
    row: Row
    owners: tuple[UUID | None, ...]


@transaction.atomic
def confirm(person: Person, room: Room, *, kind: str, pk: UUID, at: datetime) -> None:
    """Its owner says that it is right. Http404 for what is no draft of this room any more."""
    _lock(room)
    found = _find(person, room, kind, pk)
    if person.id not in found.owners:
        raise PermissionDenied("Only its owner can confirm it.")
    row = found.row
    match row:
        case Draft():
            presenting.put(row.round, name=row.name, words=row.words("text"))
        case Action():
            deciding.confirm(row, at=at)
        case Progress():
            progressing.confirm(row, at=at)
        case _:
            type(row)._default_manager.filter(pk=row.pk).update(confirmed_at=at)
            if isinstance(row, CheckOut) and row.action:
                deciding.confirm(row.action, at=at)
    touch(room)


@transaction.atomic
def drop(person: Person, room: Room, *, kind: str, pk: UUID) -> None:
    """Its owner, or whoever typed it, takes it away."""
    _lock(room)
    row = _find(person, room, kind, pk).row
    if isinstance(row, CheckOut) and row.action:
        deciding.discard(row.action)
    row.delete()
    touch(room)


def _lock(room: Room) -> None:
    """From a record as in the room: words that are edited meanwhile are not written over."""
    Room.objects.filter(pk=room.pk).lock()


def _find(person: Person, room: Room, kind: str, pk: UUID) -> Found:
    """The draft, if this person owns it or typed it: to anybody else there is none."""
    row = _look(room, kind, pk)
    if row is None:
        raise Http404
    found = Found(row, _owners(row))
    if person.id not in (*found.owners, row.typed_by_id):
        raise Http404
    return found


def _look(room: Room, kind: str, pk: UUID) -> Row | None:
    draft = {"pk": pk, "confirmed_at": None}
    in_meeting = {"meeting": room.meeting_id, **draft}
    match kind:
        case "question":
            return Question.objects.filter(round__room=room, **draft).first()
        case "option":
            return Option.objects.filter(round__room=room, **draft).first()
        case "part":
            return Draft.objects.filter(pk=pk, round__room=room).first()
        case "bid":
            return Bid.objects.filter(room=room, **draft).first()
        case "action":
            return Action.objects.filter(**in_meeting).first()
        case "progress":
            return Progress.objects.filter(**in_meeting).first()
        case "check-out":
            return CheckOut.objects.filter(room=room, **draft).first()
    return None


def _owners(row: Row) -> tuple[UUID | None, ...]:
    match row:
        case Question() | Option():
            return (row.author_id, *row.round.presenters)
        case Draft():
            return row.round.presenters
        case Action():
            return (row.owner_id,)
        case Progress():
            return (row.action.owner_id,)
        case _:
            return (row.person_id,)
