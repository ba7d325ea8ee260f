from __future__ import annotations

from django.db import models

from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.room.models.room import Room
from setwise.room.models.sealed import SealedRow, Typed
from setwise.vault.fields import SealedField


class CheckOut(SealedRow, Typed):
    """One person's leaving word: a learning (their own, for their own log), an action or a pass."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="check_outs")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    learning_sealed = SealedField()
    passed = models.BooleanField(default=False)
    action = models.OneToOneField(
        Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="check_out"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["room", "person"], name="check_out_one_a_person"),
        )

    def __str__(self) -> str:
        return f"check-out {self.id}"
