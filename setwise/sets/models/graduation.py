from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from setwise.people.models import Person
from setwise.sets.models.learning_set import LearningSet
from setwise.sets.models.membership import Membership
from setwise.vault import sealing
from setwise.vault.fields import SealedField


class GraduationQuerySet(models.QuerySet["Graduation"]):
    def visible_to(self, person: Person) -> GraduationQuerySet:
        return self.filter(learning_set__in=LearningSet.objects.visible_to(person))

    def standing(self, *, at: datetime) -> GraduationQuerySet:
        """Proposed or agreed, and still to come: whose facilitator still holds the seat."""
        return self.filter(
            withdrawn_at=None,
            takes_effect_at__gt=at,
            facilitator__left_at=None,
            facilitator__is_facilitator=True,
        )


class Graduation(models.Model):
    """A proposal that the set goes on without a facilitator, from a moment on.

    `takes_effect_at` is the beginning of the day that was chosen, in the facilitator's time zone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.ForeignKey(
        LearningSet, on_delete=models.CASCADE, related_name="graduations"
    )
    facilitator = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)  # everyone has said yes
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = GraduationQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["learning_set", "proposed_at"], name="graduation_by_date"),)

    def __str__(self) -> str:
        return f"graduation {self.id}"


class GraduationAnswer(models.Model):
    """One member's answer. What would let them is sealed for the set."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    graduation = models.ForeignKey(Graduation, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=3, choices=[("yes", "Yes"), ("no", "Not yet")])
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")
    would_let_sealed = SealedField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["graduation", "person"], name="graduation_one_answer_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.id}"

    def seal_would_let(self, words: str) -> None:
        self.would_let_sealed = sealing.seal(
            words, key_id=self.key_id, context="graduation.would_let", row_id=self.id
        )

    def would_let(self) -> str:
        return sealing.unseal(
            self.would_let_sealed,
            key_id=self.key_id,
            context="graduation.would_let",
            row_id=self.id,
        )
