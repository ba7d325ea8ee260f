"""Where a person is signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from setwise.people.models import Person


def of(person: Person) -> list[UserSession]:
    """The person's open sessions, the last used first."""
    rows = UserSession.objects.purge_and_list(person)
    return sorted(rows, key=lambda row: row.last_seen_at, reverse=True)


def end(person: Person, session_id: int) -> bool:
    """End one session; False where it is none of this person's."""
    row = UserSession.objects.filter(user=person, pk=session_id).first()
    if row:
        row.end()
    return row is not None


def end_others(person: Person, *, here: str | None) -> None:
    for row in UserSession.objects.filter(user=person).exclude(session_key=here):
        row.end()
