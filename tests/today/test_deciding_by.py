"""A day by which a presenter said they would decide comes back to them on Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from setwise.actions.models import Action
from setwise.room.models import Room, Round
from setwise.sets.models import LearningSet
from tests.actions.company import browser, decided, gather, somebody
from tests.sets.visiting import queries
from tests.today.arranging import agree, meet, next_of, propose, reply, things

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
MEMBERS = ("amara", "tomasz", "niamh", "yusuf")
HELD = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
DAY = date(2027, 3, 3)
SAID = "You said you would decide by 3 March. [Look at your round]"
HOUR = timedelta(hours=1)


@pytest.fixture
def learning_set(set_clock: Callable[[datetime], None]) -> LearningSet:
    """A set that asks for nothing, whose last meeting had a round of Amara's."""
    set_clock(HELD)
    learning_set = gather(*MEMBERS)
    agree(propose(learning_set, by="amara"), *MEMBERS)
    following = meet(learning_set, HELD + timedelta(days=90), by="amara")
    for name in MEMBERS[1:]:
        reply(following, name)
    present("amara", learning_set, DAY)
    return learning_set


def present(name: str, learning_set: LearningSet, day: date | None) -> Round:
    """A round that somebody ended with a day by which they will decide."""
    person = somebody(name)
    meeting = meet(learning_set, HELD - timedelta(hours=3 + Round.objects.count() * 9), by="amara")
    room = Room.objects.create(
        meeting=meeting, course_json={}, opened_at=HELD, closed_at=HELD + HOUR
    )
    return Round.objects.create(
        room=room,
        number=1,
        presenter=person,
        key_id=person.key_id,
        decide_by=day,
        started_at=HELD,
        ended_at=HELD + HOUR,
    )


@pytest.mark.parametrize(
    ("days", "thing"), [(-4, ""), (-3, SAID), (0, SAID), (1, SAID), (14, SAID), (15, "")]
)
def test_it_is_said_from_three_days_before_to_a_fortnight_after(
    learning_set: LearningSet, set_clock: Callable[[datetime], None], days: int, thing: str
) -> None:
    set_clock(datetime(2027, 3, 3, 12, tzinfo=UTC) + timedelta(days=days))
    assert next_of(somebody("amara")) == thing
    assert next_of(somebody("tomasz")) == ""


def test_it_leads_to_the_record(
    learning_set: LearningSet, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(datetime(2027, 3, 3, 12, tzinfo=UTC))
    (thing,) = things(somebody("amara")).values()
    assert thing and thing.url == f"/records/{Round.objects.get().id}/"
    assert browser(somebody("amara")).get(thing.url).status_code == 200


def test_an_action_decided_since_is_the_decision_and_one_before_is_not(
    learning_set: LearningSet, set_clock: Callable[[datetime], None]
) -> None:
    amara = somebody("amara")
    set_clock(HELD - HOUR)
    decided(amara, learning_set)
    set_clock(datetime(2027, 3, 3, 12, tzinfo=UTC))
    decided(somebody("tomasz"), learning_set)
    decided(amara, gather("amara", *MEMBERS[1:], name="Another set"))
    assert Action.objects.count() == 3
    sentence = "You said you would decide by 3 March."
    thing = things(amara)["Tuesday set"]
    assert thing and thing.sentence == sentence
    draft = decided(amara, learning_set, typed_by=somebody("tomasz"))
    thing = things(amara)["Tuesday set"]
    assert thing and thing.button == "Look at it"  # a note-taker's draft decides nothing
    browser(amara).post(f"/actions/{draft.id}/confirmation/")
    assert things(amara)["Tuesday set"] is None


def test_a_round_that_is_still_on_or_left_no_day_says_nothing(
    learning_set: LearningSet, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(datetime(2027, 3, 3, 12, tzinfo=UTC))
    present("tomasz", learning_set, None)
    assert next_of(somebody("tomasz")) == ""
    Round.objects.filter(presenter=somebody("amara")).update(ended_at=None)
    assert next_of(somebody("amara")) == ""


def test_of_two_the_earlier_day_is_said(
    learning_set: LearningSet, set_clock: Callable[[datetime], None]
) -> None:
    present("amara", learning_set, DAY - timedelta(days=2))
    present("amara", learning_set, DAY + timedelta(days=2))
    set_clock(datetime(2027, 3, 3, 12, tzinfo=UTC))
    assert next_of(somebody("amara")).startswith("You said you would decide by 1 March.")


def test_the_day_is_the_presenters_own(
    learning_set: LearningSet, set_clock: Callable[[datetime], None]
) -> None:
    type(somebody("amara")).objects.filter(pk=somebody("amara").pk).update(zone="Asia/Kathmandu")
    set_clock(datetime(2027, 2, 27, 18, 14, tzinfo=UTC))  # a minute to midnight there
    assert next_of(somebody("amara")) == ""
    set_clock(datetime(2027, 2, 27, 18, 15, tzinfo=UTC))
    assert next_of(somebody("amara")) == SAID


def test_many_rounds_take_as_many_queries_as_one(
    learning_set: LearningSet, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(datetime(2027, 3, 3, 12, tzinfo=UTC))
    own = browser(somebody("amara"))
    before = queries(own, "/")
    for _ in range(5):
        present("amara", learning_set, DAY)
    assert queries(own, "/") == before
