"""Posting a letter: a row in the caller's transaction, its finished body sealed for its reader."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from setwise.outbox.models import Letter, PostKey
from setwise.outbox.wrapping import wrapped
from setwise.ui import zones
from setwise.vault import keys, sealing


class Recipient(Protocol):
    """Whoever has an address and a key: a person, as seen from below."""

    @property
    def email(self) -> str: ...
    @property
    def key_id(self) -> UUID: ...
    @property
    def zone(self) -> str: ...


def post(
    *,
    key: str,
    to: Recipient,
    template: str,
    context: Mapping[str, object],
    expires_at: datetime | None = None,
) -> None:
    """Post a letter to a person. The same `key` again posts nothing.

    `template` names three files: `.subject.txt`, `.txt` and `.html`. The subject carries no
    confidential word. Times in it are in the reader's zone.
    """
    with timezone.override(zones.zone(to.zone)):
        _post(key, to.email, to.key_id, template, context, expires_at)


def post_to_address(
    *,
    key: str,
    email: str,
    template: str,
    context: Mapping[str, object],
    expires_at: datetime | None = None,
) -> None:
    """Post to an address that may have no account, sealed under the outbox's own key."""
    _post(key, email, _post_key_id(), template, context, expires_at)


def _post(
    name: str,
    email: str,
    key_id: UUID,
    template: str,
    context: Mapping[str, object],
    expires_at: datetime | None,
) -> None:
    if Letter.objects.filter(name=name).exists():
        return
    filled = {"origin": settings.SETWISE_ORIGIN, **context}
    subject = " ".join(render_to_string(f"{template}.subject.txt", filled).split())[:300]
    body = json.dumps(
        {
            "text": wrapped(render_to_string(f"{template}.txt", filled).strip()) + "\n",
            "html": render_to_string(f"{template}.html", filled | {"subject": subject}),
        }
    )
    letter_id, at = uuid.uuid4(), timezone.now()
    sealed = sealing.seal(body, key_id=key_id, context="letter.body", row_id=letter_id)
    letter = Letter(
        id=letter_id,
        name=name,
        to_email=email,
        template=template,
        subject=subject,
        key_id=key_id,
        body_sealed=sealed,
        posted_at=at,
        due_at=at,
        expires_at=expires_at,
    )
    # a race of two posters with one key ends with one row, and breaks neither transaction
    Letter.objects.bulk_create([letter], ignore_conflicts=True)


def _post_key_id() -> UUID:
    row = PostKey.objects.first()
    if row is None:
        PostKey.objects.bulk_create([PostKey(key=keys.make_key())], ignore_conflicts=True)
        row = PostKey.objects.get()
    return row.key_id
