"""A message's headings, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32

LONGEST = 20_000  # characters of a heading that are looked at
LONGEST_OF_A_PART = 2_000  # of Content-Type and its like, whose reading takes the square of them
MOST_PARTS = 200
MOST_ALIKE = 20  # headings of one name that are looked at
# the surest first: what a server noted on delivery, then what the writer's program wrote
RECIPIENTS = ("Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "To", "Cc")
ADDRESS = re.compile(r"[^\s\0<>,;:\"'()\[\]\\]{1,128}@[^\s\0<>,;:\"'()\\]{1,255}")


class Shortened(Compat32):
    """The parser's own way with headings, but for their length: some of its readers are slow."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        most = LONGEST_OF_A_PART if name.lower().startswith("content-") else LONGEST
        return name, value[:most]


SHORTENED = Shortened()


def text(message: Message, name: str) -> str:
    """The heading as it stands, '' without one."""
    return str(message.get(name) or "")[:LONGEST]


def readable(message: Message, name: str) -> str:
    """The heading with the words in code (RFC 2047) read."""
    given = text(message, name)
    try:
        return str(make_header(decode_header(given)))
    except (HeaderParseError, LookupError, ValueError):
        return given


def recipients(message: Message) -> tuple[str, ...]:
    """Whom it was for, each address once, the surest first."""
    found: dict[str, None] = {}
    for name in RECIPIENTS:
        for value in message.get_all(name, [])[:MOST_ALIKE]:
            found |= dict.fromkeys(ADDRESS.findall(str(value)[:LONGEST]))
    return tuple(found)


def sender(message: Message) -> str:
    """The address it says it is from, in small letters."""
    found = ADDRESS.search(text(message, "From"))
    return found[0].lower() if found else ""


def parts(message: Message) -> Iterator[Message]:
    """The message and what is in it, in order, some two hundred at most."""
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        yield part


def own_parts(message: Message) -> Iterator[Message]:
    """The same without what is in a message that somebody attached: that one is not theirs."""
    inside: set[int] = set()
    for part in parts(message):
        if id(part) in inside or part.get_content_type() == "message/rfc822":
            within = part.get_payload()
            inside |= {id(each) for each in within} if isinstance(within, list) else set()
        if id(part) not in inside:
            yield part
