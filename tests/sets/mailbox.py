"""Every letter that was posted, opened with the key it is sealed under."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from dataclasses import dataclass

from setwise.outbox.models import Letter
from setwise.vault import sealing


@dataclass(frozen=True, slots=True)
class Mail:
    to: str
    about: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    method: str = ""  # of the invitation that goes along
    ics: str = ""

    @property
    def link(self) -> str:
        """The path of the invitation page that the letter leads to."""
        found = re.search(r"^http\S*?(/invitations/\S+)$", self.text, re.MULTILINE)
        assert found, self.text
        return found[1]

    @property
    def token(self) -> str:
        return self.link.strip("/").rsplit("/", 1)[-1]

    @property
    def prose(self) -> str:
        """The text, wherever its lines are broken."""
        return " ".join(self.text.split())

    @property
    def words(self) -> str:
        return f"{self.subject}\n{self.text}\n{self.html}"


def mail(*, about: str = "", to: str = "") -> list[Mail]:
    """The letters so far but those withdrawn, the oldest first; `about` is the last part of their
    template's name."""
    rows = Letter.objects.filter(body_sealed__isnull=False).order_by("posted_at")
    return [
        letter
        for letter in map(_opened, rows)
        if about in ("", letter.about) and to in ("", letter.to)
    ]


def received(about: str) -> Counter[str]:
    """How many letters of this kind each address got."""
    return Counter(letter.to for letter in mail(about=about))


def _opened(row: Letter) -> Mail:
    body = json.loads(
        sealing.unseal(
            bytes(row.body_sealed or b""),
            key_id=row.key_id,
            context="letter.body",
            row_id=row.id,
        )
    )
    about = row.template.rsplit("/", 1)[-1]
    part = body.get("calendar", {"method": "", "ics": ""})
    return Mail(
        row.to_email,
        about,
        row.subject,
        body["text"],
        body["html"],
        body.get("reply_to", ""),
        part["method"],
        base64.b64decode(part["ics"]).decode(),
    )
