"""Links that sign one person in: printed by the operator's command and by the demo."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from setwise.people import tokens
from setwise.people.models import Person, SigninLink

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make_link(person: Person, base_url: str, *, reusable: bool = False, minutes: int = 60) -> str:
    """A link that signs `person` in once within `minutes`; reusable ones work in a demo only."""
    token, digest = tokens.make()
    SigninLink.objects.create(
        person=person,
        digest=digest,
        expires_at=timezone.now() + timedelta(minutes=minutes),
        reusable=reusable,
    )
    return base_url.rstrip("/") + reverse("people:enter", args=[token])


def find(token: str, *, at: datetime) -> SigninLink | None:
    """The link behind a token, if it still works."""
    link = (
        SigninLink.objects.usable(at=at)
        .filter(digest=tokens.digest(token), person__is_active=True)
        .select_related("person")
        .first()
    )
    return None if link and link.reusable and not settings.SETWISE_DEMO else link


def use(link: SigninLink, request: HttpRequest, *, at: datetime) -> bool:
    """Sign the link's person in; False where somebody else used it in the meantime."""
    usable = SigninLink.objects.usable(at=at).filter(pk=link.pk)
    if not link.reusable and not usable.update(used_at=at):
        return False
    assert link.person
    enter(request, link.person)
    return True


def enter(request: HttpRequest, person: Person) -> None:
    """Sign `person` in with a new session key."""
    login(request, person, backend=BACKEND)
