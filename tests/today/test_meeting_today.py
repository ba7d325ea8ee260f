"""In the last hour Today says when and where, in the reader's own time, to whoever comes."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from setwise.meetings.models import Meeting
from setwise.sets.models import LearningSet
from setwise.today.situations import Situation
from setwise.today.things import next_thing

pytestmark = pytest.mark.pure
START = datetime(2027, 2, 9, 14, 0, tzinfo=UTC)
SET = LearningSet(id=uuid.UUID(int=1), name="Tuesday set")


def now(zone: str = "Europe/London", **place: str) -> Situation:
    """A quarter of an hour before a meeting in London; nothing else asks for anything."""
    meeting = Meeting(
        id=uuid.UUID(int=2), learning_set=SET, starts_at=START, zone="Europe/London", **place
    )
    return Situation(
        learning_set=SET,
        members=5,
        meeting=meeting,
        room_open=False,
        answer="yes",
        owed=None,
        any_rules=True,
        draft=False,
        due=None,
        zone=zone,
        at=START.replace(hour=13, minute=45),
    )


@pytest.mark.parametrize(
    ("situation", "sentence"),
    [
        (now(place="Room 2"), "You meet at 14:00, in Room 2."),
        (now(place="Room 2", link="https://meet.example/a"), "You meet at 14:00, in Room 2."),
        (now(link="https://meet.example/a"), "You meet at 14:00, by video."),
        (
            now("America/St_Johns", place="Room 2"),
            "You meet at 10:30 (St Johns time), in Room 2.",
        ),
        (now("Mars/Base", place="Room 2"), "You meet at 14:00 (UTC time), in Room 2."),
    ],
)
def test_it_says_when_and_where(situation: Situation, sentence: str) -> None:
    thing = next_thing(situation)
    assert thing
    assert (thing.sentence, thing.button) == (sentence, "Go to the room")


@pytest.mark.parametrize("answer", ["yes", "", "apologies"])
@pytest.mark.parametrize("room_open", [True, False])
def test_nobody_who_sent_apologies_is_sent_to_the_room(answer: str, room_open: bool) -> None:
    thing = next_thing(replace(now(place="Room 2"), answer=answer, room_open=room_open))
    assert (thing is None) is (answer == "apologies")


def test_a_room_opened_to_write_a_meeting_down_is_not_called_a_meeting_that_is_on() -> None:
    opened = replace(now(place="Room 2"), room_open=True)
    said = [next_thing(each) for each in (opened, replace(opened, recording=True))]
    assert [thing.sentence for thing in said if thing] == [
        "Your meeting is on.",
        "Your last meeting is being written down.",
    ]
