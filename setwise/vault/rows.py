"""Rows whose words are sealed, for the apps above."""

from __future__ import annotations

import uuid

from django.db import models

from setwise.vault import sealing


class SealedRow(models.Model):
    """A row with words sealed under `key`; the context is frozen as `<model>.<name>`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def seal(self, name: str, words: str) -> None:
        """Put `words` in column `<name>_sealed`; empty words clear it. Nothing is saved."""
        sealed = (
            sealing.seal(words, key_id=self.key_id, context=self._context(name), row_id=self.id)
            if words
            else None
        )
        setattr(self, f"{name}_sealed", sealed)

    def words(self, name: str) -> str:
        """The words of column `<name>_sealed`, '' where there are none. Call behind the gate only."""
        return sealing.unseal(
            getattr(self, f"{name}_sealed"),
            key_id=self.key_id,
            context=self._context(name),
            row_id=self.id,
        )

    def _context(self, name: str) -> str:
        return f"{self._meta.model_name}.{name}"
