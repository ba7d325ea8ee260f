"""Reading the mail folder of an installation without a mail server."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from setwise.outbox import transport
from setwise.outbox.models import PostKey
from setwise.outbox.transport import CONTEXT, SEALED
from setwise.vault import sealing


@dataclass(frozen=True, slots=True)
class FolderLetter:
    to: str
    subject: str
    at: datetime
    text: str


def letters(*, to: str = "") -> list[FolderLetter]:
    """The letters in the folder, newest first; `to` keeps those to one address.

    What cannot be opened is left out: another database sealed it, or it was cut short.
    """
    found = []
    for content in _contents():
        message = email.message_from_bytes(content, policy=email.policy.default)
        if isinstance(message, EmailMessage) and message["Date"]:
            found.append(_letter(message))
    kept = [letter for letter in found if not to or letter.to.lower() == to.lower()]
    return sorted(kept, key=lambda letter: letter.at, reverse=True)


def _letter(message: EmailMessage) -> FolderLetter:
    body = message.get_body(("plain",))
    return FolderLetter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        at=message["Date"].datetime,
        text=body.get_content() if body else "",
    )


def _contents() -> list[bytes]:
    """Each letter as it would be sent; those from before letters were sealed are read as they are."""
    folder = transport.folder()
    plain = [path.read_bytes() for path in folder.glob("[!.]*.eml")]
    post_key = PostKey.objects.first()
    if post_key is None:
        return plain
    with sealing.keys_at_hand([post_key.key_id]):
        sealed = [_unsealed(path, post_key.key_id) for path in folder.glob(f"[!.]*{SEALED}")]
    return plain + [content for content in sealed if content]


def _unsealed(path: Path, key_id: UUID) -> bytes:
    """What the file holds; nothing for one that our key does not open."""
    try:
        words = sealing.unseal(
            path.read_bytes(), key_id=key_id, context=CONTEXT, row_id=UUID(path.stem)
        )
    except (sealing.Tampered, sealing.KeyGone, ValueError):
        return b""
    return words.encode("latin-1")
