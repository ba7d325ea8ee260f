"""Where a person is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

from setwise.people import browsers
from setwise.people.models import Person


@dataclass(frozen=True, slots=True)
class OpenSession:
    id: int
    browser: str
    signed_in_at: datetime
    last_seen_at: datetime
    is_here: bool


def of(person: Person, *, here: str | None) -> list[OpenSession]:
    """The person's open sessions, this one (of the key `here`) first, then the last used."""
    rows = [
        OpenSession(
            id=row.pk,
            browser=browsers.named(row.user_agent),
            signed_in_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_here=row.session_key == here,
        )
        for row in UserSession.objects.purge_and_list(person)
    ]
    return sorted(rows, key=lambda row: (row.is_here, row.last_seen_at), reverse=True)


def end(person: Person, session_id: int) -> str | None:
    """End one session and tell its key; None where it is none of this person's."""
    row = UserSession.objects.filter(user=person, pk=session_id).first()
    if row is None:
        return None
    row.end()
    return str(row.session_key)


def end_others(person: Person, *, here: str | None) -> None:
    for row in UserSession.objects.filter(user=person).exclude(session_key=here):
        row.end()
