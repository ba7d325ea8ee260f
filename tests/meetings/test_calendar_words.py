"""Whatever is typed into a title or a place starts no property of its own in a calendar."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setwise.meetings import calendar
from setwise.people.models import Person
from setwise.sets.models import LearningSet
from tests.meetings.inviting import ADDRESS, asked, event, meeting
from tests.meetings.planning import AT

pytestmark = pytest.mark.pure
WORDS = st.text(max_size=120) | st.sampled_from(
    [
        "\r\nATTENDEE:mailto:eve@evil.example",
        "\nEND:VEVENT\nBEGIN:VEVENT",
        "\u2028X-EVIL:1\x85X-EVIL:2\x0bX-EVIL:3\x1cX-EVIL:4",
        "\u202egnihtemos\u202c; a, b\\n\\",
        "👩🏽‍🚀 " * 20,
        'a"b^nc;d:e,f',
        "שלום עולם " * 8,
        "=?utf-8?q?=0d=0aX:1?=",
    ]
)


def lines(ics: bytes) -> list[str]:
    return ics.decode().replace("\r\n ", "").split("\r\n")


def properties(ics: bytes) -> list[str]:
    return [re.split("[;:]", line, maxsplit=1)[0] for line in lines(ics)]


@given(WORDS, WORDS, WORDS, WORDS, WORDS)
def test_nothing_that_is_typed_starts_a_property(
    name: str, title: str, place: str, link: str, person: str
) -> None:
    row = meeting(learning_set=LearningSet(name=name), title=title, place=place, link=link)
    reader = Person(email="tomasz@setwise.example", name=person)
    ics = calendar.request(row, reader, answer="", reply_to=ADDRESS, at=AT).ics
    assert ics.endswith(b"\r\n") and max(map(len, ics.split(b"\r\n"))) <= 75
    assert lines(ics)[:-1] == "\n".join(lines(ics)).splitlines()  # nothing else ends a line
    plain = [name for name in properties(asked(meeting())) if name != "LOCATION"]
    assert [name for name in properties(ics) if name != "LOCATION"] == plain
    assert properties(ics).count("LOCATION") <= 1
    found = event(ics)
    assert found.summary.value == calendar.title(row)
    assert len(found.attendee_list) == len(found.contents["organizer"]) == 1
    assert not calendar.TURNING & set(ics.decode())


def test_what_is_typed_is_read_as_typed() -> None:
    row = meeting(title="Ann’s & Bo’s; three, four \\ five 👩🏽‍🚀 " + "é" * 60)
    assert event(asked(row)).summary.value == f"The Ridge set: {row.title}"
