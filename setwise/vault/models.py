from __future__ import annotations

import uuid

from django.db import models


class Key(models.Model):
    """A data key, wrapped by the server's key. Destroying it erases all that it sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField()
    server_key_id = models.CharField(max_length=32)
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"key {self.id}"
