"""Writing for somebody else who is here: a draft, which its owner confirms and which is theirs."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied

from setwise.people.models import Person
from setwise.room.entering import Entry
from setwise.room.models import Bid, CheckIn, CheckOut
from setwise.room.refusing import Refusal
from setwise.sets.agreeing import current_settings


def written_for(entry: Entry, for_: UUID | None, *, by_rule: bool = True) -> Person:
    """Whose words these are: the writer's own, or somebody's who is checked in.

    Raises PermissionDenied where the notes rule does not let this person write for others.
    """
    entry.must_be_entered()
    if for_ is None or for_ == entry.person.id:
        return entry.person
    if by_rule and not may_note(entry):
        raise PermissionDenied("Your notes rule says who may write for others.")
    row = (
        CheckIn.objects.filter(room=entry.room, person_id=for_, left_at=None)
        .exclude(admitted_at=None)
        .select_related("person")
        .first()
    )
    if row is None:
        raise Refusal("for_", "You can write only for somebody who is checked in.")
    return row.person


def may_note(entry: Entry) -> bool:
    """Whether the notes rule lets this person write for somebody else."""
    writers = current_settings(entry.seat.learning_set).note_writers
    return writers == "anyone" or (writers == "facilitator" and entry.seat.is_facilitator)


def must_not_overwrite(entry: Entry, row: Bid | CheckOut, owner: Person) -> None:
    """Refuse a note-taker where the owner has written, or confirmed, it already."""
    if owner != entry.person and row.confirmed_at:
        raise Refusal("for_", f"{owner} has written this already. Only they can change it.")
