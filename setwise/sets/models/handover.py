from __future__ import annotations

import uuid

from django.db import models

from setwise.people.models import Person
from setwise.sets.models.learning_set import LearningSet
from setwise.sets.models.membership import Membership


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, person: Person) -> HandoverQuerySet:
        return self.filter(learning_set__in=LearningSet.objects.visible_to(person))


class Handover(models.Model):
    """That the facilitator's seat was given by one person to another, or left empty; and undone.

    `giver` held the seat (None: it was empty), `taker` holds it from then on (None: nobody does).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.ForeignKey(
        LearningSet, on_delete=models.CASCADE, related_name="handovers"
    )
    giver = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    taker = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["learning_set", "at"], name="handover_by_date"),)

    def __str__(self) -> str:
        return f"handover {self.id}"
