"""Sealing words with AES-256-GCM under a data key; explicit, never a transparent field.

The associated data is key id + context (`question.text`) + the row's id, so that sealed words moved
to another row, column or key open no more. The nonce is 96 random bits.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from setwise.vault import keys
from setwise.vault.keys import KeyGone
from setwise.vault.models import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

NONCE_BYTES = 12
FORMAT = b"\x01"
_at_hand: ContextVar[dict[UUID, bytes] | None] = ContextVar("keys at hand", default=None)

__all__ = ["KeyGone", "Tampered", "keys_at_hand", "seal", "unseal"]


class Tampered(Exception):
    """Sealed words that do not open with their key, context and row: changed, or moved."""


def seal(text: str, *, key_id: UUID, context: str, row_id: UUID) -> bytes:
    """Seal `text`. Check blankness and length before. Raises KeyGone for a destroyed key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    words = text.encode("utf-8", "surrogatepass")
    sealed = AESGCM(_secret(key_id)).encrypt(nonce, words, _bound(key_id, context, row_id))
    return FORMAT + nonce + sealed


def unseal(sealed: bytes | None, *, key_id: UUID, context: str, row_id: UUID) -> str:
    """Open what `seal` made; '' for None. Raises KeyGone or Tampered, neither with any word."""
    if sealed is None:
        return ""
    data = bytes(sealed)
    if data[:1] != FORMAT:
        raise Tampered
    nonce, body = data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES :]
    try:
        words = AESGCM(_secret(key_id)).decrypt(nonce, body, _bound(key_id, context, row_id))
    except InvalidTag:
        raise Tampered from None
    return words.decode("utf-8", "surrogatepass")


@contextmanager
def keys_at_hand(key_ids: Iterable[UUID]) -> Iterator[frozenset[UUID]]:
    """Read these key rows once, in one query, for all that is opened inside: one page, no longer.

    Gives the ids of those that are there still.
    """
    rows = Key.objects.filter(pk__in=set(key_ids), destroyed_at=None)
    found = {row.id: keys.opened(row) for row in rows}
    token = _at_hand.set(found)
    try:
        yield frozenset(found)
    finally:
        _at_hand.reset(token)


def _secret(key_id: UUID) -> bytes:
    at_hand = _at_hand.get()
    if at_hand is not None and key_id in at_hand:
        return at_hand[key_id]
    return keys.secret_of(key_id)


def _bound(key_id: UUID, context: str, row_id: UUID) -> bytes:
    return key_id.bytes + row_id.bytes + context.encode()
