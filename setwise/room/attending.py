"""Who was there in a round: from its beginning, or let in by its presenter.

The notes rule asks this of a record, and the room of a latecomer.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from setwise.room.models import Attended, CheckIn, Round


def note_who_is_here(round_: Round) -> None:
    """Note everyone who is here as the round begins. Again is once."""
    here = CheckIn.objects.filter(room=round_.room_id, left_at=None).exclude(admitted_at=None)
    if not round_.room.recording:
        here = here.exclude(entered_at=None)
    note(round_, list(here.values_list("person_id", flat=True)))


def note(round_: Round, people: Collection[UUID]) -> None:
    Attended.objects.bulk_create(
        [Attended(round=round_, person_id=person) for person in people], ignore_conflicts=True
    )
