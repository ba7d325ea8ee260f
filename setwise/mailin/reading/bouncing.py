"""Letters that came back: RFC 3464, read with what servers really put into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from uuid import UUID

from setwise.mailin.reading import headings, words

MOST_LETTERS = 20
LETTER = re.compile(r"\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
LOOKED_AT = ("In-Reply-To", "References", "X-Failed-Recipients", "Message-ID")
# RFC 3463: of what looks final, this is not the address's own fault, or passes
PASSING = {(2, 2), (2, 3), (2, 4)}  # full, too large for it, a list
PASSING_SUBJECTS = {3, 6, 7}  # the other system, the content, a policy (taken for spam)


@dataclass(frozen=True, slots=True)
class Bounce:
    """Which addresses it is about, small letters, and which of our letters it brings back.

    `given_up`: it was not delivered; otherwise it is only late. `for_good`: the address does not
    exist; otherwise it may take mail another day. None of it is believed before one of the letters
    turns out to be ours, to that address.
    """

    addresses: tuple[str, ...]
    given_up: bool
    for_good: bool
    letters: tuple[UUID, ...]


def find(message: Message) -> Bounce | None:
    """What a report of failed or late delivery says; None for whatever is none."""
    if (report := _report(message)) is None:
        return None
    failed = [each for each in _recipients(report) if each.action in ("failed", "delayed")]
    if not failed:
        return None
    return Bounce(
        tuple(dict.fromkeys(each.address for each in failed)),
        any(each.action == "failed" for each in failed),
        all(each.for_good for each in failed),
        _letters(message),
    )


@dataclass(frozen=True, slots=True)
class _Recipient:
    address: str
    action: str
    for_good: bool


def _report(message: Message) -> list[Message] | None:
    for part in headings.own_parts(message):
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            return [each for each in payload if isinstance(each, Message)] if payload else []
    return None


def _recipients(report: list[Message]) -> list[_Recipient]:
    found = []
    for block in report:
        for name in ("Original-Recipient", "Final-Recipient"):
            given = headings.text(block, name).rpartition(";")[2]
            if address := headings.ADDRESS.search(given):
                action = headings.text(block, "Action").strip().lower()
                found.append(_Recipient(address[0].lower(), action, _for_good(block, action)))
    return found


def _for_good(block: Message, action: str) -> bool:
    status = STATUS.search(headings.text(block, "Status"))
    code = STATUS.search(headings.text(block, "Diagnostic-Code"))
    if action != "failed" or status is None or status[1] != "5":
        return False
    # a server that says 5.0.0 only says the rest in its own words
    sure = code if code and code[1] == "5" and status[0] == "5.0.0" else status
    subject, detail = int(sure[2]), int(sure[3])
    return subject not in PASSING_SUBJECTS and (subject, detail) not in PASSING


def _letters(message: Message) -> tuple[UUID, ...]:
    """The numbers of letters that it names: in its headings, and in those it brings back."""
    found: dict[UUID, None] = {}
    for part in headings.parts(message):
        texts = [headings.text(part, name) for name in LOOKED_AT]
        if part.get_content_type() == "text/rfc822-headers":
            texts.append(words.decoded(part))
        for text in texts:
            found |= {UUID(each): None for each in LETTER.findall(text)}
    return tuple(found)[:MOST_LETTERS]
