from __future__ import annotations

import uuid

from django.db import models

from setwise.actions.models.action import STATES, Action
from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.vault import sealing
from setwise.vault.fields import SealedField


class Progress(models.Model):
    """What became of an action: what happened, what I learned. Sealed under its owner's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="progress")
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, related_name="+")
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=STATES)
    happened_sealed = SealedField()
    learned_sealed = SealedField()
    at = models.DateTimeField()
    typed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"progress {self.id}"

    def seal(self, *, happened: str, learned: str) -> None:
        for name, words in (("happened", happened), ("learned", learned)):
            sealed = (
                sealing.seal(words, key_id=self.key_id, context=f"progress.{name}", row_id=self.id)
                if words
                else None
            )
            setattr(self, f"{name}_sealed", sealed)

    def happened(self) -> str:
        return sealing.unseal(
            self.happened_sealed, key_id=self.key_id, context="progress.happened", row_id=self.id
        )

    def learned(self) -> str:
        return sealing.unseal(
            self.learned_sealed, key_id=self.key_id, context="progress.learned", row_id=self.id
        )
