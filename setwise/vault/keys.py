"""Making, reading and destroying data keys."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from functools import lru_cache

from django.db import connection, transaction
from django.utils import timezone

from setwise.vault import serverkey
from setwise.vault.models import Key


class KeyGone(Exception):
    """The data key was destroyed: what it sealed is erased."""


def make_key() -> Key:
    """Save a new data key, wrapped by the newest server key."""
    key = Key(id=uuid.uuid4())
    secret = secrets.token_bytes(serverkey.KEY_BYTES)
    key.wrapped, key.server_key_id = serverkey.wrap(secret, str(key.id))
    key.save(force_insert=True)
    return key


def secret_of(key_id: uuid.UUID) -> bytes:
    """The data key in clear. The row is read each time, so that erasure holds in every process."""
    row = Key.objects.filter(pk=key_id, destroyed_at=None).first()
    if row is None:
        raise KeyGone
    return opened(row)


def opened(row: Key) -> bytes:
    return _unwrapped(bytes(row.wrapped), str(row.id), row.server_key_id)


@lru_cache(maxsize=2048)
def _unwrapped(wrapped: bytes, key_id: str, server_key_id: str) -> bytes:
    return serverkey.unwrap(wrapped, key_id, server_key_id)


def destroy(key_id: uuid.UUID, *, at: datetime | None = None) -> None:
    """Wipe a data key: from this commit on, nothing it sealed can be opened here again.

    A backup taken before stays readable until the server key that wrapped it is retired.
    """
    Key.objects.filter(pk=key_id).update(wrapped=b"", destroyed_at=at or timezone.now())
    leave_no_log()


def leave_no_log() -> None:
    """Empty SQLite's log once this transaction is done: what it erased stands there still.

    Call in the transaction of every erasure. The database itself overwrites what it frees.
    """
    transaction.on_commit(_truncate_log)


def _truncate_log() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rewrap_all() -> int:
    """Wrap every living data key with the newest server key; returns how many changed."""
    newest = serverkey.ring()[0].id
    changed = 0
    for row in Key.objects.filter(destroyed_at=None).exclude(server_key_id=newest).iterator():
        old = bytes(row.wrapped)
        wrapped, server_key_id = serverkey.wrap(opened(row), str(row.id))
        # compare-and-set: a key destroyed meanwhile stays destroyed
        changed += Key.objects.filter(pk=row.pk, wrapped=old, destroyed_at=None).update(
            wrapped=wrapped, server_key_id=server_key_id
        )
    return changed
