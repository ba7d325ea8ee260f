"""What a calendar answers to an invitation: METHOD:REPLY of iTIP (RFC 5546, 3.2.3), as it comes."""

from __future__ import annotations

import re
from typing import NamedTuple

from icalendar.parser import Contentline

MOST = 256 * 1024  # bytes; an answer has a few kilobytes
FOLD = re.compile(r"\r?\n[ \t]")
LINE_END = re.compile(r"\r\n|\n|\r")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class CalendarReply(NamedTuple):
    """An answer to the meeting of that `uid` as it was told in that `sequence`.

    `partstat` is ACCEPTED, DECLINED, TENTATIVE, or a word of RFC 5545 (3.2.12) that answers nothing.
    `attendee` is the address that says so, in small letters.
    """

    uid: str
    sequence: int
    partstat: str
    attendee: str = ""


def parse(ics: bytes) -> CalendarReply | None:
    """Read an answer; None for whatever is none. Never raises: anybody may write anything.

    Read line by line, and only the three lines that matter: what Outlook and Exchange put around them
    (zones of their own, dates of 1601) is not always what a strict reader takes.
    """
    if len(ics) > MOST:
        return None
    method, uid, sequence = "", "", 0
    said: list[tuple[str, str]] = []
    inside: list[str] = []
    for name, params, value in _lines(ics):
        if name == "BEGIN":
            inside.append(value.upper())
        elif name == "END":
            if inside and inside.pop() == "VEVENT" and uid:
                break
        elif name == "METHOD" and inside == ["VCALENDAR"]:
            method = value.upper()
        elif inside != ["VCALENDAR", "VEVENT"]:
            continue
        elif name == "UID":
            uid = value
        elif name == "SEQUENCE":
            sequence = int(value) if re.fullmatch("[0-9]{1,9}", value) else 0
        elif name == "ATTENDEE":
            who = value.lower().removeprefix("mailto:").strip()
            said.append((params.get("PARTSTAT", "NEEDS-ACTION").upper(), who))
    given = [each for each in said if each[0] != "NEEDS-ACTION"] or said
    if method != "REPLY" or not uid or not given:
        return None
    return CalendarReply(uid, sequence, *given[0])


def _lines(ics: bytes) -> list[tuple[str, dict[str, str], str]]:
    """Each line's name, parameters and value; a line that is none is left out."""
    found = []
    for line in LINE_END.split(FOLD.sub("", _text(ics))):
        try:
            content = Contentline.from_ical(line.strip("\0 \t"))  # type: ignore[no-untyped-call]
            name, params, value = content.parts()
        except ValueError:
            continue
        plain = {key.upper(): word for key, word in params.items() if isinstance(word, str)}
        found.append((name.upper(), plain, str(value).strip()))
    return found


def _text(ics: bytes) -> str:
    if ics.startswith(UTF_16):
        return ics.decode("utf-16", "replace")
    return ics.decode("utf-8-sig", "replace")
