"""Too few can come: Today asks whoever may move the meeting, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from setwise.meetings import going_ahead
from setwise.meetings.models import Meeting
from setwise.sets.models import LearningSet
from tests.actions.company import browser, gather, somebody
from tests.sets.visiting import queries
from tests.today.arranging import agree, meet, next_of, propose, reply, seat, things

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
NOW = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
MEMBERS = ("amara", "tomasz", "niamh", "yusuf")
MOVE = "Too few can come. You agreed to move the meeting then. [Move it]"
DECIDE = "Too few can come. Move the meeting, or hold it anyway. [Decide]"


@pytest.fixture(autouse=True)
def now(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


def arranged(*, moves: bool, name: str = "Tuesday set") -> Meeting:
    """A set with rules, whose meeting Amara has fixed; everyone has answered, two with apologies."""
    learning_set: LearningSet = gather(*MEMBERS, name=name)
    rules = propose(learning_set, by="amara")
    agree(rules, *MEMBERS)
    learning_set.ground_rules.update(moves_below_quorum=moves)
    meeting = meet(learning_set, NOW + timedelta(days=7), by="amara")
    for who, answer in (("tomasz", "yes"), ("niamh", "apologies"), ("yusuf", "apologies")):
        reply(meeting, who, answer)
    return meeting


@pytest.mark.parametrize(("moves", "thing"), [(True, MOVE), (False, DECIDE)])
def test_whoever_may_change_it_is_asked(moves: bool, thing: str) -> None:
    meeting = arranged(moves=moves)
    assert next_of(somebody("amara")) == thing
    assert [next_of(somebody(name)) for name in MEMBERS[1:]] == [""] * 3
    (found,) = things(somebody("amara")).values()
    where = f"/meetings/{meeting.id}/"  # where the next best date is offered
    assert found and found.url == where
    assert browser(somebody("amara")).get(where).status_code == 200
    home = browser(somebody("amara")).get(f"/sets/{meeting.learning_set_id}/").content.decode()
    assert "Too few can come." in home


def test_one_more_who_can_come_ends_it() -> None:
    meeting = arranged(moves=True)
    reply(meeting, "yusuf")
    assert next_of(somebody("amara")) == ""


def test_held_anyway_nothing_is_asked() -> None:
    meeting = arranged(moves=False)
    assert next_of(somebody("amara")) == DECIDE
    going_ahead.hold_anyway(seat("amara", meeting.learning_set), meeting, at=NOW)
    assert next_of(somebody("amara")) == ""


def test_it_comes_before_ones_own_answer() -> None:
    meeting = arranged(moves=True)
    meeting.replies.filter(person=somebody("amara")).delete()
    assert next_of(somebody("amara")) == MOVE
    reply(meeting, "niamh")
    assert next_of(somebody("amara")) == "A meeting is fixed. Are you coming? [Answer]"


def test_once_it_has_begun_it_is_not_moved(set_clock: Callable[[datetime], None]) -> None:
    meeting = arranged(moves=True)
    set_clock(meeting.starts_at)
    assert not next_of(somebody("amara")).startswith("Too few")


def test_many_sets_take_as_many_queries_as_one() -> None:
    arranged(moves=True)
    own = browser(somebody("amara"))
    before = queries(own, "/")
    for name in ("Second", "Third", "Fourth"):
        arranged(moves=False, name=name)
    buttons = {name: thing and thing.button for name, thing in things(somebody("amara")).items()}
    assert buttons == {
        "Tuesday set": "Move it",
        "Second": "Decide",
        "Third": "Decide",
        "Fourth": "Decide",
    }
    assert queries(own, "/") == before
