"""Who a session's person is: asked at every request, and so with one small query."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from setwise.people.models import Person
from setwise.prepared import prepared


def person_of(session: SessionBase) -> Person | None:
    """Who is signed in with this session, None for nobody.

    The account is open, and the session is not older than what it was signed in with: a session
    that is ends here.
    """
    try:
        number = UUID(str(session[SESSION_KEY]))
    except (KeyError, ValueError):
        return None
    person = _person.first(number)
    if person is None:
        return None
    kept = str(session.get(HASH_SESSION_KEY, ""))
    if not constant_time_compare(kept, person.get_session_auth_hash()):
        session.flush()
        return None
    return person


@prepared(UUID)
def _person(person_id: UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=person_id, is_active=True)
