from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, *, at: datetime) -> LetterQuerySet:
        """Waiting and due, or claimed by a worker whose lease ran out (it died)."""
        return self.filter(
            Q(state="waiting", due_at__lte=at) | Q(state="claimed", lease_until__lt=at)
        ).order_by("due_at")


class Letter(models.Model):
    """One e-mail to one person. Its row commits with the fact it reports; its body is sealed."""

    STATES = [(s, s) for s in ("waiting", "claimed", "sent", "failed", "expired")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)  # what it is about: ids, never words
    to_email = models.EmailField()
    template = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")
    body_sealed = models.BinaryField(null=True, blank=True)  # purged once sent
    state = models.CharField(max_length=8, choices=STATES, default="waiting")
    posted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    day_zone = models.CharField(max_length=64, blank=True)  # leaves by day there; '': at any hour
    lease_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)  # how often nobody knew if it was taken
    trouble = models.CharField(max_length=30, blank=True)  # one of troubles.KINDS
    last_answer = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="letter_state_due")]

    objects = LetterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"letter {self.id}"


class PostKey(models.Model):
    """The outbox’s own key (see `post_key`). One row, made when needed."""

    only = models.BooleanField(primary_key=True, default=True)
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return "post key"


class Pace(models.Model):
    """When the next letter may leave, for all processes together. One row, made when needed."""

    only = models.BooleanField(primary_key=True, default=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return "pace"
