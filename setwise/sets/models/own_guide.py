from __future__ import annotations

from django.db import models

from setwise.people.models import Person
from setwise.sets.models.learning_set import LearningSet
from setwise.sets.models.membership import Membership
from setwise.vault.fields import SealedField
from setwise.vault.rows import SealedRow


class OwnGuideQuerySet(models.QuerySet["OwnGuide"]):
    def visible_to(self, person: Person) -> OwnGuideQuerySet:
        """Those of the sets `person` belongs to; some are only for whoever facilitates there."""
        facilitated = Membership.objects.facilitating().filter(person=person).values("learning_set")
        return self.filter(
            models.Q(for_facilitator=False) | models.Q(learning_set__in=facilitated),
            learning_set__in=LearningSet.objects.visible_to(person),
        )


class OwnGuide(SealedRow):
    """A guide of a set's own, in Markdown, sealed under the set's key."""

    learning_set = models.ForeignKey(
        LearningSet, on_delete=models.CASCADE, related_name="own_guides"
    )
    title_sealed = SealedField()
    text_sealed = SealedField()
    for_facilitator = models.BooleanField(default=False)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = OwnGuideQuerySet.as_manager()

    class Meta:
        ordering = ("written_at", "id")

    def __str__(self) -> str:
        return f"guide {self.id}"

    @property
    def title(self) -> str:
        return self.words("title")

    @property
    def text(self) -> str:
        return self.words("text")
