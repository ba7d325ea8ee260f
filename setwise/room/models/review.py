from __future__ import annotations

from django.db import models

from setwise.room.models.room import Room
from setwise.room.models.sealed import SealedRow
from setwise.sets.models import Clause
from setwise.vault.fields import SealedField


class Review(SealedRow):
    """How the set worked, in its own words, sealed under the set's key."""

    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="review")
    helped_sealed = SealedField()
    change_sealed = SealedField()  # one change, which opens the next meeting
    rule_to_discuss = models.CharField(max_length=16, blank=True, choices=Clause.SUBJECTS)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"review {self.id}"
