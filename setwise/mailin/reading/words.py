"""The words somebody wrote: from whichever part, charset and form their program chose."""

from __future__ import annotations

import codecs
import re
from email.message import Message

from setwise.mailin.reading import flowing, headings, plainly, trimming

READ = 200_000  # characters of a part that are looked at
# what Python calls charsets too, and no mail is written in: some take the square of its length
NO_CHARSETS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\ufeff]")


def written(message: Message) -> str:
    """What the writer wrote themselves, '' where that is nothing: attachments, quotation alone."""
    return trimming.own(_body(message))


def _body(message: Message) -> str:
    html = ""
    for part in headings.own_parts(message):
        if part.is_multipart() or _is_attached(part):
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and (text := decoded(part)).strip():
            return _unflowed(part, text)
        if kind == "text/html" and not html:
            html = plainly.text(decoded(part))
    return html


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_filename() is not None


def _unflowed(part: Message, text: str) -> str:
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    return flowing.joined(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")


def decoded(part: Message) -> str:
    """The text of a part, whatever its encoding; what is no character becomes a mark."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    text = _characters(payload[: READ * 4], part.get_content_charset() or "utf-8")[:READ]
    # half of a pair of surrogates could be stored, and then shown by no page
    sound = text.encode("utf-8", "replace").decode("utf-8")
    return UNSEEN.sub("", sound.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))


def _characters(payload: bytes, named: str) -> str:
    charset = _charset(named)
    for name in ("utf-8" if charset in ("ascii", "us-ascii") else charset, "utf-8"):
        try:
            return payload.decode(name)
        except (LookupError, ValueError):
            continue
    try:
        return payload.decode(charset, "replace")
    except (LookupError, ValueError):
        return payload.decode("cp1252", "replace")


def _charset(named: str) -> str:
    try:
        known = codecs.lookup(named).name.replace("-", "_")
    except (LookupError, ValueError):
        return named
    return "utf-8" if known in NO_CHARSETS else named
