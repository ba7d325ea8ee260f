from __future__ import annotations

from django.db import models

from setwise.people.models import Person
from setwise.vault.rows import SealedRow

__all__ = ["SealedRow", "Typed"]


class Typed(models.Model):
    """A row that a note-taker may have typed: until its owner confirms it, it is a draft."""

    typed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
