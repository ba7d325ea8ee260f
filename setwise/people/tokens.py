"""Tokens of links: 256 random bits in the link, only their digest in the database."""

from __future__ import annotations

import hashlib
import secrets


def make() -> tuple[str, bytes]:
    """A new token for a link, and the digest to keep of it."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
