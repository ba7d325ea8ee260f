"""The stream's own gate: it skips Django's middleware, and so reads session and seat itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from setwise.people.models import Person
from setwise.people.session_store import SessionStore
from setwise.room.entering import Entry, enter
from setwise.room.stream.asked import TEXT, Asked


def session_key(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The session's key from a request's cookies, '' where there is none."""
    for name, value in headers:
        if name.lower() == b"cookie":
            try:
                morsel = SimpleCookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
            except CookieError:
                continue
            if morsel:
                return morsel.value
    return ""


def closed() -> set[UUID]:
    """Whose accounts are closed: few, where a list of all who look would be long."""
    return set(Person.objects.filter(is_active=False).values_list("pk", flat=True))


def person_of(key: str) -> Person | None:
    """Who is signed in with this session: it is alive, its hash is right, the account is open."""
    if not key:
        return None
    data = SessionStore(key).load()
    if SESSION_KEY not in data:
        return None
    person = Person.objects.filter(pk=str(data[SESSION_KEY]), is_active=True).first()
    kept = str(data.get(HASH_SESSION_KEY, ""))
    if person and constant_time_compare(kept, person.get_session_auth_hash()):
        return person
    return None


def entry_of(person: Person, meeting_id: UUID) -> Entry:
    """The person's entry; raises Http404 as the page does."""
    return enter(person, meeting_id)


def alive(keys: Iterable[str]) -> set[str]:
    """Which of these sessions are still there, in one query."""
    now = timezone.now()
    return {key for key, until in _sessions.rows(set(keys)) if until > now}


def _of_keys(keys: list[str]) -> QuerySet[Session, tuple[str, datetime]]:
    rows = Session.objects.filter(session_key__in=keys)
    return rows.values_list("session_key", "expire_date")


_sessions = Asked(_of_keys, TEXT)
