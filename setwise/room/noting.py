"""Private notes about process: how the set worked, naming nobody, for a while only."""

from __future__ import annotations

import re
import zlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from setwise.room.models import ProcessNote, Room
from setwise.room.refusing import Refusal, worded
from setwise.sets.models import LearningSet, Membership
from setwise.sets.seats import Seat
from setwise.vault import keys
from setwise.vault.sealing import keys_at_hand

LIFE = timedelta(days=60)  # a few meetings long
MOST = 2000  # characters
NAMES = (
    "This may name somebody of your set. A note about process says what happened between people, "
    "and not who. Reword it, or, if it is only a word, press again."
)


def may_note(seat: Seat) -> bool:
    """Whether this person leads: the facilitator, or whoever held the controls last.

    Nobody does in a closed set.
    """
    if not seat.learning_set.goes_on:
        return False
    if seat.is_facilitator:
        return True
    rooms = Room.objects.filter(meeting__learning_set=seat.learning_set)
    last = rooms.order_by("-opened_at").values_list("chair_id", flat=True).first()
    return last == seat.person.id


@transaction.atomic
def write(seat: Seat, *, text: str, meant: str, at: datetime) -> ProcessNote:
    """Keep a note that its author alone reads, until LIFE is over.

    Where a name of the set seems to be in it, it is refused once, with a mark that says it again is
    meant: a kind word, and no block, since Mark and Hope are words too. The same note twice is one.
    """
    seat.must_go_on()
    seat.must(may_note(seat), "Notes about process are for whoever leads.")
    text = worded("text", text, most=MOST, needed="Write a sentence or two.")
    named = mark_of(text, seat.learning_set)
    if named and named != meant:
        raise Refusal("text", NAMES, fresh={"meant": named})
    LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    with keys_at_hand([seat.learning_set.key_id]):
        for earlier in own(seat, at=at):
            if earlier.text == text:
                return earlier
    note = ProcessNote(
        key_id=seat.learning_set.key_id,
        learning_set=seat.learning_set,
        author=seat.person,
        at=at,
        expires_at=at + LIFE,
    )
    note.seal("text", text)
    note.save()
    return note


def mark_of(text: str, learning_set: LearningSet) -> str:
    """A mark of whom a text seems to name, '' for nobody. It tells no name.

    A part of a name counts where it stands as a word of its own, written as a name is.
    """
    words = {word.casefold() for word in re.findall(r"\w+", text) if not word[0].islower()}
    people = Membership.objects.seated().filter(learning_set=learning_set).order_by("person_id")
    named = [
        str(person)
        for person, name in people.values_list("person_id", "person__name")
        if words & {part.casefold() for part in re.findall(r"\w+", name) if len(part) > 1}
    ]
    return f"{zlib.crc32(' '.join(named).encode()):08x}" if named else ""


def own(seat: Seat, *, at: datetime) -> list[ProcessNote]:
    """The author's own notes in this set, newest first."""
    rows = ProcessNote.objects.visible_to(seat.person).living(at=at)
    return list(rows.filter(learning_set=seat.learning_set))


def erase(seat: Seat, note_id: UUID) -> bool:
    """Erase a note now; False where it is not this person's."""
    mine = ProcessNote.objects.visible_to(seat.person).filter(learning_set=seat.learning_set)
    with transaction.atomic():
        deleted, _ = mine.filter(pk=note_id).delete()
        keys.leave_no_log()
    return bool(deleted)


def erase_expired(*, at: datetime) -> int:
    """Erase the notes whose time is over; returns how many."""
    over = ProcessNote.objects.filter(expires_at__lte=at)
    if not over.exists():
        return 0
    with transaction.atomic():
        deleted, _ = over.delete()
        keys.leave_no_log()
    return deleted
