from __future__ import annotations

from django.db import models

from setwise.people.models import Person
from setwise.room.models.round import Round
from setwise.room.models.sealed import SealedRow
from setwise.vault.fields import SealedField


class Problem(SealedRow):
    """How one person sees the presenter's problem, in a sentence; sealed for the presenter.

    Nobody else reads it, the presenter neither, until the round's `problems_opened_at`.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="problems")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    text_sealed = SealedField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "author"], name="problem_one_a_person"),
        )
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"problem {self.id}"
