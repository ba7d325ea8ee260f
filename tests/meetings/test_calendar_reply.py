"""What Outlook, Exchange, Gmail and Apple Mail answer to an invitation, and what nobody should."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setwise.meetings.calendar_reply import MOST, parse

pytestmark = pytest.mark.pure
SAMPLES = Path(__file__).parent / "samples"
UID = "4b0a6c1e-0a53-4c43-9d31-3f1f0d5f2a11@setwise.invalid"
WHO = "tomasz@setwise.example"
ACCEPTED = (SAMPLES / "gmail-accepted.ics").read_bytes()


@pytest.mark.parametrize(
    ("name", "sequence", "partstat"),
    [
        ("exchange-accepted", 0, "ACCEPTED"),
        ("exchange-declined", 1, "DECLINED"),
        ("outlook-accepted", 0, "ACCEPTED"),
        ("outlook-tentative", 0, "TENTATIVE"),
        ("gmail-accepted", 0, "ACCEPTED"),
        ("gmail-declined", 2, "DECLINED"),
        ("apple-accepted", 0, "ACCEPTED"),
        ("apple-declined", 1, "DECLINED"),
    ],
)
def test_each_program_is_understood(name: str, sequence: int, partstat: str) -> None:
    assert parse((SAMPLES / f"{name}.ics").read_bytes()) == (UID, sequence, partstat, WHO)


def test_every_sample_is_read() -> None:
    samples = sorted(SAMPLES.glob("*.ics"))
    assert len(samples) == 8
    assert all(parse(sample.read_bytes()) for sample in samples)


@pytest.mark.parametrize(
    "written",
    [
        ACCEPTED.replace(b"\r\n", b"\n"),
        ACCEPTED.replace(b"\r\n", b"\r").replace(b"\r ", b""),
        b"\xef\xbb\xbf" + ACCEPTED,
        ACCEPTED.decode().encode("utf-16"),
        ACCEPTED.replace(b"METHOD:REPLY", b"method:Reply").replace(b"BEGIN:", b"begin:"),
        ACCEPTED + b"\r\n\x00\r\n",
        ACCEPTED.replace(b"END:VEVENT\r\nEND:VCALENDAR\r\n", b""),  # cut off by a gateway
        ACCEPTED.replace(b"LOCATION:Seminar", b"LOCATION;;=:Caf\xe9"),
        ACCEPTED.replace(b"20270209T140000Z", b"16010101T999999"),
        ACCEPTED.replace(b"SEQUENCE:0\r\n", b""),
        ACCEPTED.replace(b"SEQUENCE:0", b"SEQUENCE:-3"),
    ],
)
def test_an_answer_is_read_however_it_is_written(written: bytes) -> None:
    assert written != ACCEPTED
    assert parse(written) == (UID, 0, "ACCEPTED", WHO)


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"Sorry, I cannot come.",
        ACCEPTED.replace(b"METHOD:REPLY", b"METHOD:REQUEST"),
        ACCEPTED.replace(b"METHOD:REPLY", b"METHOD:COUNTER"),
        ACCEPTED.replace(b"METHOD:REPLY\r\n", b""),
        ACCEPTED.replace(b"UID:", b"X-UID:"),
        ACCEPTED.replace(b"ATTENDEE;", b"X-ATTENDEE;"),
        ACCEPTED.replace(b"VEVENT", b"VTODO"),
        ACCEPTED.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * MOST),
    ],
)
def test_what_is_no_answer_is_none(written: bytes) -> None:
    assert written != ACCEPTED
    assert parse(written) is None


def test_of_several_people_in_an_answer_the_one_who_answered_counts() -> None:
    other = b"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:other@setwise.example\r\nUID:"
    written = ACCEPTED.replace(b"UID:", other, 1)
    assert parse(written) == (UID, 0, "ACCEPTED", WHO)


@given(
    st.binary(max_size=400),
    st.integers(0, len(ACCEPTED)),
    st.sampled_from([b"", b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n", b"\xff\xfe"]),
)
def test_rubbish_never_raises(rubbish: bytes, at: int, before: bytes) -> None:
    for written in (before + rubbish, ACCEPTED[:at] + rubbish + ACCEPTED[at:], ACCEPTED[at:]):
        read = parse(written)
        assert read is None or (read.uid and read.sequence >= 0)
