from __future__ import annotations

import uuid

from django.db import models

from setwise.people.models import Person
from setwise.sets.models.learning_set import LearningSet


class GuideOfferQuerySet(models.QuerySet["GuideOffer"]):
    def visible_to(self, person: Person) -> GuideOfferQuerySet:
        """What `person` was offered in the sets they belong to: their own alone."""
        mine = LearningSet.objects.visible_to(person).filter(closed_at=None)
        return self.filter(person=person, learning_set__in=mine)


class GuideOffer(models.Model):
    """A short guide that the facilitator offered to one person, until they put it away.

    It says neither who offered it nor whether it was read: nobody is to be counted by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.ForeignKey(LearningSet, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    guide = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)

    objects = GuideOfferQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["learning_set", "person", "guide"], name="guide_offer_once"
            ),
        )

    def __str__(self) -> str:
        return f"offer {self.id}"
