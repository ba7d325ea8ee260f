from __future__ import annotations

from django.db import models

from setwise.people.models import Person
from setwise.room.models.room import Room
from setwise.room.models.sealed import SealedRow, Typed
from setwise.vault.fields import SealedField


class Bid(SealedRow, Typed):
    """Asking for air time in a sentence, or passing. Sealed under the bidder's key."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="bids")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    passed = models.BooleanField(default=False)
    issue_sealed = SealedField()
    why_now_sealed = SealedField()
    at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["room", "person"], name="bid_one_a_person"),)

    def __str__(self) -> str:
        return f"bid {self.id}"
