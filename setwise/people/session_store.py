from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from setwise.prepared import prepared


class SessionStore(DatabaseStore):
    """Sessions in the database. A cookie that is no session's key never reaches a query.

    PostgreSQL refuses some bytes, such as a null, with an error that would be the visitor's 500.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and len(key) >= 8 and key.isascii() and key.isalnum()

    def _get_session_from_db(self) -> Session | None:
        found = _session.first(self.session_key) if self.session_key else None
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None  # of a key that somebody made up, no session is ever made
            return None
        return found

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        return deepcopy(_decoded(session_data))  # a request may change what it holds


@lru_cache(maxsize=2000)
def _decoded(session_data: bytes | str) -> dict[str, Any]:
    """What a row says, its signature verified: the same for as long as nobody writes it anew."""
    return DatabaseStore().decode(session_data)


@prepared(str)
def _session(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)
