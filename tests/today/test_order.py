"""The order in which a set needs things: each wins over all that come after it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from setwise.meetings.models import Meeting, Poll
from setwise.sets.models import GroundRules, LearningSet
from setwise.today.situations import Situation
from setwise.today.things import next_thing

pytestmark = pytest.mark.pure
NOW = datetime(2027, 2, 9, 13, 0, tzinfo=UTC)
SET = LearningSet(id=uuid.UUID(int=1), name="Tuesday set")
DUE, POLL = uuid.UUID(int=3), uuid.UUID(int=4)


def meeting(starts_at: datetime) -> Meeting:
    return Meeting(id=uuid.UUID(int=2), learning_set=SET, starts_at=starts_at, place="Room 2")


# everything asks for something at once
ALL = Situation(
    learning_set=SET,
    members=3,
    meeting=meeting(NOW + timedelta(hours=1)),
    room_open=True,
    answer="",
    owed=GroundRules(learning_set=SET, number=1),
    any_rules=False,
    draft=True,
    due=DUE,
    zone="Europe/London",
    at=NOW,
    to_answer=Poll(id=POLL),
    to_settle=Poll(id=POLL),
)
S, M = f"/sets/{SET.id}", f"/meetings/{uuid.UUID(int=2)}/"
ROOM = f"/rooms/{uuid.UUID(int=2)}/"
ORDER = [
    ("Your meeting is on.", "Go to the room", ROOM),
    ("You meet at 14:00 (London time), in Room 2.", "Go to the room", ROOM),
    (
        "Ground rules are waiting for you. Can you live with them?",
        "Read and answer",
        f"{S}/rules/answer/",
    ),
    ("A meeting is fixed. Are you coming?", "Answer", M),
    ("When can you meet? Your set is asking.", "Answer this poll", f"/polls/{POLL}/"),
    ("Your poll is closed. Which date shall it be?", "Settle a date", f"/polls/{POLL}/"),
    ("Someone wrote down an action for you. Is it right?", "Look at it", "/actions/"),
    ("One of your actions was due. How did it go?", "Say how it went", f"/actions/{DUE}/"),
    ("Your set is still gathering.", "Invite people", f"{S}/people/"),
    ("No meeting is fixed yet.", "Fix a meeting", f"{S}/meetings/new/"),
    ("Your set has no ground rules yet.", "Write the first ones", f"{S}/rules/"),
    None,
]


def one_by_one() -> Iterator[Situation]:
    """Everything asks; then each in turn is seen to, those after it still asking."""
    now = ALL
    yield now
    now = replace(now, room_open=False)
    yield now
    now = replace(now, meeting=meeting(NOW + timedelta(hours=1, minutes=1)))
    yield now
    now = replace(now, owed=None)
    yield now
    now = replace(now, answer="yes")
    yield now
    now = replace(now, to_answer=None)
    yield now
    now = replace(now, to_settle=None)
    yield now
    now = replace(now, draft=False)
    yield now
    now = replace(now, due=None)
    yield now
    now = replace(now, members=4, meeting=None)
    yield now
    now = replace(now, meeting=meeting(NOW + timedelta(days=9)))
    yield now
    yield replace(now, any_rules=True)


def said(now: Situation) -> tuple[str, str, str] | None:
    thing = next_thing(now)
    return (thing.sentence, thing.button, thing.url) if thing else None


def test_each_thing_wins_over_all_that_come_after_it() -> None:
    assert [said(now) for now in one_by_one()] == ORDER


@pytest.mark.parametrize(
    ("before", "is_open"),
    [
        (timedelta(hours=1, seconds=1), False),
        (timedelta(hours=1), True),
        (timedelta(0), True),
        (-timedelta(minutes=100), True),
    ],
)
def test_the_door_is_offered_from_an_hour_before_the_meeting(
    before: timedelta, is_open: bool
) -> None:
    now = replace(ALL, room_open=False, owed=None, meeting=meeting(NOW + before))
    thing = next_thing(now)
    assert thing
    assert thing.sentence.startswith("You meet at ") is is_open


@pytest.mark.parametrize("members", [1, 2, 3])
def test_a_set_of_fewer_than_four_is_gathering(members: int) -> None:
    quiet = replace(
        ALL,
        meeting=None,
        owed=None,
        to_answer=None,
        to_settle=None,
        draft=False,
        due=None,
        any_rules=True,
    )
    assert said(replace(quiet, members=members)) == ORDER[8]
    assert said(replace(quiet, members=4)) == ORDER[9]


def test_while_the_set_is_asked_for_a_date_nobody_is_told_to_fix_one() -> None:
    quiet = replace(ALL, members=4, meeting=None, owed=None, draft=False, due=None, any_rules=True)
    quiet = replace(quiet, to_answer=None, to_settle=None)
    thing = next_thing(quiet)
    assert thing
    assert (thing.other, thing.other_url) == ("Find a date", f"{S}/polls/new/")
    assert next_thing(replace(quiet, polled=True)) is None
