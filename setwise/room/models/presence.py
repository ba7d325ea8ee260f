from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models

from setwise.people.models import Person
from setwise.room.models.room import Room

LIVES = timedelta(seconds=40)  # from the last time a stream was seen


class Presence(models.Model):
    """A stream is open: here until `until`. Attendance is what the set confirms, not this."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["room", "person"], name="presence_one_a_person"),
        )

    def __str__(self) -> str:
        return f"presence {self.id}"
