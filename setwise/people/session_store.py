from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Sessions in the database. A cookie that is no session's key never reaches a query.

    PostgreSQL refuses some bytes, such as a null, with an error that would be the visitor's 500.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and len(key) >= 8 and key.isascii() and key.isalnum()
