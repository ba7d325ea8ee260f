from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from setwise.people.models.person import Person


class SigninLinkQuerySet(models.QuerySet["SigninLink"]):
    def usable(self, *, at: datetime) -> SigninLinkQuerySet:
        return self.filter(expires_at__gt=at, used_at=None)


class SigninLink(models.Model):
    """A link that signs one person in. Only the token's digest is kept, so a dump opens no door."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="signin_links"
    )  # null: the link that makes the first person of an empty installation
    digest = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    reusable = models.BooleanField(default=False)  # the demo's links only
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SigninLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sign-in link {self.id}"
