from __future__ import annotations

import uuid

from django.db import models

from setwise.people.models import Person
from setwise.room.models.room import Room


class CheckIn(models.Model):
    """One person's way into one room.

    `knocked_at`: they say they are here. `admitted_at`: whoever holds the controls checked them in.
    `entered_at`: from when they read; for a latecomer that is the next stage.
    `hand_raised_at`: since when their hand is up; nothing of it is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="check_ins")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    knocked_at = models.DateTimeField(null=True, blank=True)
    admitted_at = models.DateTimeField(null=True, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    hand_raised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["room", "person"], name="check_in_one_a_person"),
        )

    def __str__(self) -> str:
        return f"check-in {self.id}"
