"""The outbox's own key: for letters to addresses without an account, and for the mail folder."""

from __future__ import annotations

from uuid import UUID

from setwise.outbox.models import PostKey
from setwise.vault import keys


def key_id() -> UUID:
    """The id of the one key, made when it is first needed."""
    row = PostKey.objects.first()
    if row is None:
        PostKey.objects.bulk_create([PostKey(key=keys.make_key())], ignore_conflicts=True)
        row = PostKey.objects.get()
    return row.key_id
