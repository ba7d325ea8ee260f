from __future__ import annotations

from django.db import models

from setwise.people.models import Person
from setwise.room.models.round import Round
from setwise.room.models.sealed import SealedRow, Typed
from setwise.vault.fields import SealedField

MARKS = (("answered", "Answered"), ("kept", "Keep"), ("set aside", "Set aside"))


class Question(SealedRow, Typed):
    """A question asked of the presenter, and the presenter's to take away."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    stage = models.CharField(max_length=40)
    text_sealed = SealedField()
    mark = models.CharField(max_length=9, blank=True, choices=MARKS)  # the presenter's own
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)  # null: the presenter has not opened it
    handed = models.BooleanField(default=False)  # not sent in time: for the presenter alone

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"question {self.id}"


class Option(SealedRow, Typed):
    """A possible action, listed in stage two."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="options")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    text_sealed = SealedField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"option {self.id}"
