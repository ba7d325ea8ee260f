"""The stream's own gate: it skips Django's middleware, and so reads session and seat itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import parse_cookie
from django.utils import timezone

from setwise.people.models import Person
from setwise.people.recognising import person_of
from setwise.people.session_store import SessionStore
from setwise.room.entering import enter
from setwise.room.stream.asked import TEXT, Asked


def session_key(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The session's key from a request's cookies, '' where there is none."""
    cookies = (value.decode("latin-1") for name, value in headers if name.lower() == b"cookie")
    return parse_cookie("; ".join(cookies)).get(settings.SESSION_COOKIE_NAME, "")


def closed() -> set[UUID]:
    """Whose accounts are closed: few, where a list of all who look would be long."""
    return set(Person.objects.filter(is_active=False).values_list("pk", flat=True))


def admitted(key: str, meeting_id: UUID) -> Person | None:
    """Whose session this is, None for nobody's; raises Http404 without a seat, as the page does."""
    person = person_of(SessionStore(key))
    if person:
        enter(person, meeting_id)
    return person


def alive(keys: Iterable[str]) -> set[str]:
    """Which of these sessions are still there, in one query."""
    now = timezone.now()
    return {key for key, until in _sessions.rows(set(keys)) if until > now}


def _of_keys(keys: list[str]) -> QuerySet[Session, tuple[str, datetime]]:
    rows = Session.objects.filter(session_key__in=keys)
    return rows.values_list("session_key", "expire_date")


_sessions = Asked(_of_keys, TEXT)
