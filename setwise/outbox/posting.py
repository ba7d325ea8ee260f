"""Posting a letter: a row in the caller's transaction, its finished body sealed for its reader."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from setwise.outbox import post_key
from setwise.outbox.models import Letter
from setwise.outbox.wrapping import wrapped
from setwise.ui import zones
from setwise.vault import sealing


class Recipient(Protocol):
    """Whoever has an address and a key: a person, as seen from below."""

    @property
    def email(self) -> str: ...
    @property
    def key_id(self) -> UUID: ...
    @property
    def zone(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """What a mail program puts into its reader's calendar: `method` is REQUEST or CANCEL."""

    method: str
    ics: bytes


@dataclass(frozen=True, slots=True)
class Extras:
    """What goes with a letter and is sealed with its body: a reply's address is a credential."""

    reply_to: str = ""
    unsubscribe: str = ""
    calendar: CalendarPart | None = None

    def sealable(self) -> dict[str, object]:
        part = self.calendar
        packed = part and {"method": part.method, "ics": base64.b64encode(part.ics).decode("ascii")}
        parts = {
            "reply_to": self.reply_to,
            "unsubscribe": self.unsubscribe,
            "calendar": packed,
        }
        return {name: given for name, given in parts.items() if given}


@dataclass(frozen=True, slots=True)
class Item:
    """One letter to post among many; the same as `post` takes."""

    key: str
    to: Recipient
    template: str
    context: Mapping[str, object]
    expires_at: datetime | None = None
    reply_to: str = ""
    unsubscribe: str = ""
    by_day: bool = False


def post(
    *,
    key: str,
    to: Recipient,
    template: str,
    context: Mapping[str, object],
    expires_at: datetime | None = None,
    by_day: bool = False,
    reply_to: str = "",
    unsubscribe: str = "",
    calendar: CalendarPart | None = None,
) -> None:
    """Post a letter to a person. The same `key` again posts nothing.

    `template` names three files: `.subject.txt`, `.txt` and `.html`. The subject carries no
    confidential word. Times in it are in the reader's zone. `reply_to` is where an answer goes.
    `unsubscribe`, an absolute address, is given to the templates and to the mail program, which
    may POST to it at one press (RFC 8058). `calendar` goes along as an invitation. It is sent at
    once; `by_day`, it never leaves at night where its reader is, however often it is tried.
    """
    if Letter.objects.filter(name=key).exists():
        return
    with timezone.override(zones.zone(to.zone)):
        extras = Extras(reply_to, unsubscribe, calendar)
        letter = _written(key, to.email, to.key_id, template, context, expires_at, extras)
    letter.day_zone = to.zone if by_day else ""
    _put([letter])


def post_all(items: Collection[Item]) -> int:
    """Post many letters in as many queries as one; returns how many. Keys known before post nothing.

    SQLite takes some fifty in one statement. Nothing is posted to whoever's key is gone.
    """
    known = posted(item.key for item in items)
    letters = []
    with sealing.keys_at_hand(item.to.key_id for item in items) as open_keys:
        for item in items:
            if item.key in known or item.to.key_id not in open_keys:
                continue
            with timezone.override(zones.zone(item.to.zone)):
                letter = _written(
                    item.key,
                    item.to.email,
                    item.to.key_id,
                    item.template,
                    item.context,
                    item.expires_at,
                    Extras(item.reply_to, item.unsubscribe),
                )
            letter.day_zone = item.to.zone if item.by_day else ""
            letters.append(letter)
    _put(letters)
    return len(letters)


def posted(names: Iterable[str]) -> set[str]:
    """Which of these keys letters were posted under, whatever became of them."""
    return set(Letter.objects.filter(name__in=list(names)).values_list("name", flat=True))


def post_to_address(
    *,
    key: str,
    email: str,
    template: str,
    context: Mapping[str, object],
    expires_at: datetime | None = None,
    reply_to: str = "",
    unsubscribe: str = "",
    calendar: CalendarPart | None = None,
) -> None:
    """Post to an address that may have no account, sealed under the outbox's own key."""
    if Letter.objects.filter(name=key).exists():
        return
    extras = Extras(reply_to, unsubscribe, calendar)
    _put([_written(key, email, post_key.key_id(), template, context, expires_at, extras)])


def waiting(*, key_prefix: str) -> list[str]:
    """The keys that start so of letters which still wait to be sent."""
    rows = Letter.objects.filter(state="waiting", name__startswith=key_prefix)
    return list(rows.values_list("name", flat=True))


def withdraw(*, key_prefix: str, key_suffix: str = "") -> int:
    """End the letters still waiting whose key starts, and ends, so: a later fact made them pointless.

    Their words are purged. One that a worker has in hand this moment goes out if the server takes
    it now, and is not tried again; returns how many were ended.
    """
    if not key_prefix:
        raise ValueError("A prefix that is empty would end every letter.")
    meant = Letter.objects.filter(name__startswith=key_prefix, name__endswith=key_suffix)
    meant.filter(state="claimed").update(expires_at=timezone.now())
    return meant.filter(state="waiting").update(
        state="expired", body_sealed=None, last_answer="What it was about had changed."
    )


def readdress(*, key_id: UUID, email: str) -> None:
    """Send what still waits for the owner of this key to their new address."""
    Letter.objects.filter(key_id=key_id, state="waiting").update(to_email=email)


def _written(
    name: str,
    email: str,
    key_id: UUID,
    template: str,
    context: Mapping[str, object],
    expires_at: datetime | None,
    extras: Extras,
) -> Letter:
    filled = {"origin": settings.SETWISE_ORIGIN, "unsubscribe": extras.unsubscribe, **context}
    subject = " ".join(render_to_string(f"{template}.subject.txt", filled).split())[:300]
    body = json.dumps(
        {
            "text": wrapped(render_to_string(f"{template}.txt", filled).strip()) + "\n",
            "html": render_to_string(f"{template}.html", filled | {"subject": subject}),
            **extras.sealable(),
        }
    )
    letter_id, at = uuid.uuid4(), timezone.now()
    sealed = sealing.seal(body, key_id=key_id, context="letter.body", row_id=letter_id)
    return Letter(
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


def _put(letters: list[Letter]) -> None:
    # a race of two posters with one key ends with one row, and breaks neither transaction
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
