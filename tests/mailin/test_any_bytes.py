"""Whatever comes in, reading it never raises, and never takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setwise.mailin.models import KINDS
from setwise.mailin.reading import read, trimming
from tests.mailin.samples import NAMES, sample

pytestmark = pytest.mark.pure
KNOWN = {kind for kind, _ in KINDS} | {"words"}
PIECES = [
    *(
        b"From: a@b.example\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n",
        b"\r\n",
        b"--x\r\n",
    ),
    *(b"Content-Type: text/html; charset=utf-7\r\n", b"Content-Transfer-Encoding: base64\r\n"),
    *(b"Content-Type: message/delivery-status\r\n", b"Action: failed\r\nStatus: 5.1.1\r\n"),
    *(b"Content-Type: text/calendar; method=REPLY\r\n", b"METHOD:REPLY\r\n", b"=?utf-8?B?=\xff?="),
    *(b"Content-Type: text/plain; format=flowed; delsp=yes; charset=idna\r\n", b">>> x \r\n> "),
    *(
        b"Content-Type: message/rfc822\r\n",
        b"<blockquote><div",
        b"&#xD800;",
        b"+2AA-",
        b"--x--\r\n",
    ),
    *(b"Subject: =?iso-8859-99?Q?=?=\r\n", b"Content-Type: text/plain; charset*=x'y'%ff\r\n"),
    *(b"Final-Recipient: rfc822;a@b.example\r\n", b"On 1 Jan 2027 wrote:\r\n", b"\x00\xff\xfe"),
]


def sound(raw: bytes) -> None:
    found = read(raw)
    assert found.kind in KNOWN
    found.words.encode("utf-8")


@given(st.binary(max_size=2000))
def test_any_bytes(raw: bytes) -> None:
    sound(raw)


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=40))
def test_any_pieces_of_messages(pieces: list[bytes]) -> None:
    sound(b"".join(pieces))


@given(st.sampled_from(NAMES), st.data())
def test_a_message_cut_and_changed_anywhere(name: str, data: st.DataObject) -> None:
    raw = bytearray(sample(name))
    for _ in range(data.draw(st.integers(0, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    sound(bytes(raw[: data.draw(st.integers(0, len(raw)))]))


def test_parts_within_parts_without_end() -> None:
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(3000)
    )
    sound(b"From: a@b.example\r\n" + deep)
    sound(
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        + b"--x\r\n" * 50000
    )


@pytest.mark.parametrize(
    "text",
    [
        *("\n" * 200_000, ("On " + "a " * 140 + "\n") * 600, "On\n" * 60_000, "> " * 100_000),
        *(("From: a\n") * 20_000, ("CAUTION: mail " * 20 + "\n") * 600, ("- a\n") * 50_000),
        *(("_" * 33 + "\n") * 5_000, ("x\n" + "> " * 140 + "\n") * 700, "Am 1 schrieb " * 9_000),
    ],
    ids=str.split("blank on-long on marks from caution lists rules quotes schrieb"),
)
def test_no_text_takes_long(text: str) -> None:
    """The patterns of quotations meet what was made to be slow for them."""
    began = time.process_time()
    trimming.own(text)
    assert time.process_time() - began < 5  # a tenth of it on a quiet machine
