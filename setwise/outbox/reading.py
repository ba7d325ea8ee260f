"""Reading the mail folder of an installation without a mail server."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime

from setwise.outbox import transport


@dataclass(frozen=True, slots=True)
class FolderLetter:
    to: str
    subject: str
    at: datetime
    text: str


def letters(*, to: str = "") -> list[FolderLetter]:
    """The letters in the folder, newest first; `to` keeps those to one address."""
    found = []
    for path in transport.folder().glob("[!.]*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        found.append(
            FolderLetter(
                to=str(message["To"]),
                subject=str(message["Subject"]),
                at=message["Date"].datetime,
                text=body.get_content() if body else "",
            )
        )
    kept = [letter for letter in found if not to or letter.to.lower() == to.lower()]
    return sorted(kept, key=lambda letter: letter.at, reverse=True)
