from __future__ import annotations

import email
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message

from setwise.mailin.reading import automatic, bouncing, calendars, headings, words
from setwise.mailin.reading.bouncing import Bounce

LARGEST = 10_000_000  # bytes; photographs beside three sentences are common
# the parser goes through each line once for every part around it, and a photograph needs few of both
MOST_LINES, MOST_BOUNDARIES = 200_000, 100
BOUNDARY = re.compile(rb"boundary\*?\d?\*?[ \t]*=", re.IGNORECASE)
MOST_STATIONS = 50  # a message that passed more servers goes in a circle (RFC 5321, 6.3)

__all__ = ["LARGEST", "Bounce", "Incoming", "read"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message by its kind: `words`, `calendar`, `bounce`, `automatic`, `loop`, `empty`, `huge` or
    `malformed`. None of them is ever answered.

    `addresses`: whom it was for, the surest first. `sender`: who it says it is from, which proves
    nothing. `message_id` is '' where it has none. `words` are the writer's own, without quotation
    and signature.
    """

    kind: str
    addresses: tuple[str, ...] = ()
    sender: str = ""
    message_id: str = ""
    words: str = ""
    calendar: bytes = b""
    bounce: Bounce | None = None


def read(raw: bytes, *, envelope: Sequence[str] = ()) -> Incoming:
    """What a message is. `envelope` is whom the mail server had it for. Any bytes are taken."""
    if len(raw) > LARGEST:
        return Incoming("huge", tuple(envelope))
    if _is_laborious(raw):
        return Incoming("malformed", tuple(envelope))
    try:
        return _read(email.message_from_bytes(raw, policy=headings.SHORTENED), envelope)
    except Exception:  # noqa: BLE001 - the parser's own mistakes over what nobody foresaw
        return Incoming("malformed", tuple(envelope))


def _is_laborious(raw: bytes) -> bool:
    """Whether it is made to keep the parser busy: no program writes so many lines, or parts."""
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    return lines > MOST_LINES or len(BOUNDARY.findall(raw)) > MOST_BOUNDARIES


def _read(message: Message, envelope: Sequence[str]) -> Incoming:
    addresses = (
        *envelope,
        *(each for each in headings.recipients(message) if each not in envelope),
    )
    about = (addresses, headings.sender(message), headings.text(message, "Message-ID").strip())
    if not message.keys():
        return Incoming("malformed", *about)
    if len(message.get_all("Received", [])) > MOST_STATIONS:
        return Incoming("loop", *about)
    if bounce := bouncing.find(message):
        return Incoming("bounce", *about, bounce=bounce)
    # before `automatic`: a calendar sends its owner's answer by itself and says so
    if calendar := calendars.reply(message):
        return Incoming("calendar", *about, calendar=calendar)
    if automatic.is_automatic(message):
        return Incoming("automatic", *about)
    found = words.written(message)
    return Incoming("words" if found else "empty", *about, words=found)
