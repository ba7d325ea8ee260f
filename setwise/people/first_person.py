"""The link that makes the first person of an empty installation."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from setwise.people import tokens
from setwise.people.models import Person, SigninLink


def link(base_url: str) -> str | None:
    """A new link, which replaces any earlier one; None once somebody exists."""
    if is_over():
        return None
    token, digest = tokens.make()
    with transaction.atomic():
        SigninLink.objects.filter(person=None).delete()
        SigninLink.objects.create(digest=digest, expires_at=timezone.now() + timedelta(days=7))
    return base_url.rstrip("/") + reverse("people:begin", args=[token])


def is_over() -> bool:
    """Somebody exists, and nobody will be the first again."""
    return Person.objects.exists()


def find(token: str, *, at: datetime) -> SigninLink | None:
    """The link behind a token, while it works and nobody exists."""
    if is_over():
        return None
    return SigninLink.objects.usable(at=at).filter(digest=tokens.digest(token), person=None).first()


@transaction.atomic
def begin(row: SigninLink, *, name: str, email: str, zone: str, at: datetime) -> Person | None:
    """Make the first person, an operator. None where the link was used in the meantime."""
    used = SigninLink.objects.usable(at=at).filter(pk=row.pk).update(used_at=at)
    if not used or is_over():
        return None
    return Person.objects.create_user(email, name, zone=zone, is_staff=True)
