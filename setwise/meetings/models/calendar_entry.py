from __future__ import annotations

import uuid

from django.db import models

from setwise.meetings.models.meeting import Meeting
from setwise.people.models import Person


class CalendarEntry(models.Model):
    """A meeting that somebody's own calendar was sent, and as of which of its changes.

    What tells whom to send a cancellation when they leave the set, and what somebody missed while
    their access was suspended.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="calendar_entries")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sequence = models.PositiveSmallIntegerField()
    email = models.EmailField(blank=True)  # where it was sent; '' in rows from before this was kept

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "person"], name="calendar_entry_one_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"calendar entry {self.id}"
