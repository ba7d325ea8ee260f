"""Messages made to keep a reader busy: anybody may send one, and all of Setwise would stand still."""

from __future__ import annotations

import time

import pytest

from setwise.mailin.reading import read
from setwise.mailin.reading.message import MOST_BOUNDARIES, MOST_LINES

pytestmark = pytest.mark.once

SECONDS = 5.0  # of computing; each took from ten seconds to hours before it was bounded
PART = 200_000


def nested(depth: int) -> bytes:
    each = "Content-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n"
    return "".join(each.format(number) for number in range(depth)).encode()


def html(body: str) -> bytes:
    return f"From: a@b.example\nContent-Type: text/html\n\n{body}".encode()


LABORIOUS = {
    "parts in parts around lines": nested(90) + b"\nhi\n" * 2_000_000,
    "parts in parts": nested(MOST_BOUNDARIES - 10) + b"\n" * (MOST_LINES - 1000),
    "parameters": b"Content-Type: text/plain" + b";" * 5_000_000 + b"\n\nhi",
    "addresses": (b"To: " + b"a" * 19_990 + b"\n") * 480 + b"\nhi",
    "charset": b"Content-Type: text/plain; charset=punycode\n\n" + b"a9" * 300_000,
    "dashes": b"From: a@b.example\n\n" + b"-" * PART + b"x\nFrom: a\nSent: b\n",
    "tags": html("<a " * (PART // 3)),
    "comments": html("<!--" * (PART // 4) + ">"),
    "sections": html("<![if " * (PART // 6) + ">"),
    "blocks": html("<div>" * (PART // 5)),
}


@pytest.mark.parametrize("name", LABORIOUS)
def test_no_message_keeps_its_reader_busy(name: str) -> None:
    began = time.process_time()
    read(LABORIOUS[name])
    assert time.process_time() - began < SECONDS


def test_what_outlook_puts_between_its_words_loses_none() -> None:
    body = (
        "<p>I rang<![if !supportLists]>&nbsp;<![endif]>both.</p><!--[if mso]>x<![endif]--><p>Then"
    )
    assert read(html(body)).words == "I rang both.\n\nThen"


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape"])
def test_what_is_no_charset_of_mail_is_read_as_it_stands(charset: str) -> None:
    raw = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\nI rang both."
    assert read(raw.encode()).words == "I rang both."
