from __future__ import annotations

from django.db import models

from setwise.people.models import Person
from setwise.room.models.round import Round
from setwise.room.models.sealed import SealedRow
from setwise.vault.fields import SealedField

PARTS = ("statement", "presentation", "feedback")


class Draft(SealedRow):
    """What a note-taker wrote down of a presenter's own part of a round.

    Sealed under the presenter's key. It stands in no record until the presenter takes it, which
    ends it, as dropping it does.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="drafts")
    name = models.CharField(max_length=12, choices=[(part, part) for part in PARTS])
    typed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    text_sealed = SealedField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "name"], name="draft_one_a_part"),)

    def __str__(self) -> str:
        return f"draft {self.id}"
