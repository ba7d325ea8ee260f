from __future__ import annotations

import uuid

from django.db import models

from setwise.people.models import Person
from setwise.protocols.shape import Protocol
from setwise.protocols.shipped import kept
from setwise.sets.models.learning_set import LearningSet


class VariantQuerySet(models.QuerySet["Variant"]):
    def visible_to(self, person: Person) -> VariantQuerySet:
        return self.filter(learning_set__in=LearningSet.objects.visible_to(person))

    def called(self, set_id: uuid.UUID, key: str) -> Variant | None:
        """The set's own protocol of that key; None for a key of any other shape, or set."""
        try:
            pk = uuid.UUID(key)
        except ValueError:
            return None
        return self.filter(learning_set=set_id, pk=pk).first() if str(pk) == key else None


class Variant(models.Model):
    """One version of a protocol of a set's own, as the TOML that `protocol check` reads.

    A row is never changed: whoever agreed to it, or met by it, keeps what they agreed to. The next
    version is another row of the same `line`. It is kept in clear, as agreed rules are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.ForeignKey(LearningSet, on_delete=models.CASCADE, related_name="variants")
    line = models.UUIDField()
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    objects = VariantQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["line", "number"], name="variant_one_a_number"),
        )
        ordering = ("written_at", "id")

    def __str__(self) -> str:
        return f"variant {self.id}"

    @property
    def key(self) -> str:
        return str(self.id)

    @property
    def protocol(self) -> Protocol:
        return kept(self.text, self.key)

    @property
    def label(self) -> str:
        """Its title, marked where advice is permitted, and with its version from the second on."""
        label = self.protocol.label
        return f"{label}, version {self.number}" if self.number > 1 else label
