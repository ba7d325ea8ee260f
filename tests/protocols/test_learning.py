"""A pause for learning, who may ask for it, and the prompts of whoever leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from setwise.protocols import commands as c
from setwise.protocols import reading, shipped
from setwise.protocols.course import start
from setwise.protocols.engine import Reason, Refused, apply
from setwise.protocols.prompting import learning_questions
from tests.protocols.test_engine import CHAIR, COACH, NOBODY, PRESENTER, START, to_round

pytestmark = pytest.mark.pure


def test_a_pause_for_learning_stops_the_clock_and_returns_to_where_it_was() -> None:
    course = to_round(start("classic", minutes=120, issues=2, at=START))
    left = reading.where(course, at=START).remaining
    asked = apply(course, c.PauseForLearning(), at=START, hand=CHAIR)
    assert reading.asked(asked, hand=NOBODY) == learning_questions()["how"]
    later = START + timedelta(minutes=6)
    back = apply(asked, c.Resume(), at=later, hand=CHAIR)
    assert (back.stop, back.asking, back.moves) == (course.stop, "", course.moves)
    assert reading.where(back, at=later).remaining == left


def test_questions_of_learning_take_turns_or_are_chosen() -> None:
    course = start("classic", minutes=120, issues=2, at=START)
    keys = list(learning_questions())
    for key in (*keys, keys[0]):
        course = apply(course, c.PauseForLearning(), at=START, hand=CHAIR)
        assert course.asking == key
    chosen = apply(course, c.PauseForLearning("listening"), at=START, hand=CHAIR)
    assert chosen.asking == "listening"
    with pytest.raises(Refused) as refused:
        apply(course, c.PauseForLearning("nothing"), at=START, hand=CHAIR)
    assert refused.value.reason is Reason.NO_QUESTION


def test_a_pause_within_one_for_learning_is_an_ordinary_one() -> None:
    course = to_round(start("classic", minutes=120, issues=2, at=START))
    course = apply(course, c.PauseForLearning(), at=START, hand=CHAIR)
    later = START + timedelta(minutes=2)
    paused = apply(course, c.Pause(), at=later, hand=PRESENTER)
    assert (paused.paused_at, paused.asking) == (START, "")
    with pytest.raises(Refused) as refused:
        apply(paused, c.PauseForLearning(), at=later, hand=CHAIR)
    assert refused.value.reason is Reason.PAUSED


def test_a_coach_steps_in_where_the_protocol_has_one_and_nowhere_else() -> None:
    course = start("question-only", minutes=90, issues=1, at=START)
    asked = apply(course, c.PauseForLearning("voices"), at=START, hand=COACH)
    assert apply(asked, c.Resume(), at=START, hand=COACH).paused_at is None
    paused = apply(course, c.Pause(), at=START, hand=CHAIR)
    classic = start("classic", minutes=120, issues=2, at=START)
    for here, command in ((paused, c.Resume()), (classic, c.PauseForLearning())):
        assert not reading.steps_in(here, hand=COACH)
        with pytest.raises(Refused) as refused:
            apply(here, command, at=START, hand=COACH)
        assert refused.value.reason is Reason.NOT_YOURS


@pytest.mark.parametrize("key", shipped.KEYS)
def test_every_part_of_every_protocol_has_a_prompt_for_whoever_leads(key: str) -> None:
    course = start(key, minutes=shipped.load(key).minutes, issues=2, at=START)
    for position, stop in enumerate(course.stops):
        said = reading.prompt(replace(course, position=position))
        assert 10 < len(said) < 140, stop.id
