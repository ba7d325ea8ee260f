"""Who was there in a round: whoever had entered while it was under way. The notes rule asks this."""

from __future__ import annotations

from django.db.models import QuerySet

from setwise.room.models import Attended, CheckIn, Round


def note_who_is_here(rounds: QuerySet[Round]) -> None:
    """Note everyone who is here now as having been there in these rounds. Again is once."""
    for row in rounds:
        here = CheckIn.objects.filter(room=row.room_id, left_at=None)
        if not row.room.recording:
            here = here.exclude(entered_at=None)
        Attended.objects.bulk_create(
            [
                Attended(round=row, person_id=each.person_id)
                for each in here.exclude(admitted_at=None)
            ],
            ignore_conflicts=True,
        )
