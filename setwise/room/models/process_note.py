from __future__ import annotations

from datetime import datetime

from django.db import models

from setwise.people.models import Person
from setwise.room.models.sealed import SealedRow
from setwise.sets.models import LearningSet
from setwise.vault.fields import SealedField


class ProcessNoteQuerySet(models.QuerySet["ProcessNote"]):
    def visible_to(self, person: Person) -> ProcessNoteQuerySet:
        """A person's own notes, of sets they still belong to and whose key is not destroyed."""
        mine = LearningSet.objects.visible_to(person)
        return self.filter(author=person, learning_set__in=mine, key__destroyed_at=None)

    def living(self, *, at: datetime) -> ProcessNoteQuerySet:
        return self.filter(expires_at__gt=at)


class ProcessNote(SealedRow):
    """A private note of whoever led about how the set worked. Sealed under the set's key.

    It is its author's alone, and goes at `expires_at`.
    """

    learning_set = models.ForeignKey(LearningSet, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text_sealed = SealedField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = ProcessNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")

    def __str__(self) -> str:
        return f"process note {self.id}"

    @property
    def text(self) -> str:
        """Its words. Read it behind the gate only."""
        return self.words("text")
