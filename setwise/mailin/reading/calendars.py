"""An answer given in a calendar: RFC 6047, and the attachments that some programs make of it."""

from __future__ import annotations

import re
from email.message import Message

from setwise.mailin.reading import headings, words

LARGEST = 200_000  # bytes
REPLY = re.compile(rb"^METHOD:REPLY\s*$", re.IGNORECASE | re.MULTILINE)
TYPES = {"text/calendar", "application/ics", "application/calendar"}


def reply(message: Message) -> bytes:
    """The calendar file that answers, b'' where there is none."""
    for part in headings.parts(message):
        name = str(part.get_filename() or "").lower()
        if part.get_content_type() not in TYPES and not name.endswith(".ics"):
            continue
        text = words.decoded(part)
        if text and len(text) <= LARGEST and REPLY.search(text.encode("utf-8")):
            return text.encode("utf-8")
    return b""
