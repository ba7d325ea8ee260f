from __future__ import annotations

import pytest

from setwise.protocols import shipped
from setwise.protocols.agenda import LONGEST, SHORTEST, plan
from setwise.protocols.shape import Stage, Step

pytestmark = pytest.mark.pure


def test_every_shipped_protocol_names_its_source() -> None:
    assert [p.key for p in shipped.shipped()] == list(shipped.KEYS)
    assert all(p.source and p.summary for p in shipped.shipped())


def test_advice_is_marked_wherever_a_protocol_is_chosen() -> None:
    marked = {p.key for p in shipped.shipped() if "advice permitted" in p.label}
    assert (
        marked == {p.key for p in shipped.shipped() if p.advice} == {"peer-consultation", "troika"}
    )


@pytest.mark.parametrize("key", shipped.KEYS)
def test_every_round_has_its_three_stages_in_their_order(key: str) -> None:
    for step in shipped.load(key).steps:
        numbers = [stage.number for stage in step.stages if stage.number]
        assert numbers == sorted(numbers)
        assert set(numbers) in (set(), {1, 2, 3})


def stage(key: str, name: str) -> Stage:
    found = shipped.load(key).part("round", name)
    assert isinstance(found, Stage)
    return found


def test_question_only_is_in_the_manner_it_names() -> None:
    protocol = shipped.load("question-only")
    assert "World Institute for Action Learning" in protocol.source
    order = [each.key for step in protocol.steps for each in step.stages]
    assert order.index("write") + 1 == order.index("agree") < order.index("options")
    write, agree = stage("question-only", "write"), stage("question-only", "agree")
    assert write.speaks == "nobody" and write.writes == {"problem"}
    assert agree.speaks == "each" and agree.writes == {"statement"}
    assert all(each.guidance["controls"] for step in protocol.steps for each in step.stages)


@pytest.mark.parametrize("minutes", [45, 60, 90, 120, LONGEST])
def test_the_last_twenty_minutes_of_question_only_are_for_learning_however_long_it_is(
    minutes: int,
) -> None:
    last = plan(shipped.load("question-only"), minutes=minutes, issues=1)[-2:]
    assert [(each.kind, each.minutes) for each in last] == [("review", 15), ("check-out", 5)]


def test_what_is_fixed_gives_way_where_it_would_take_more_than_half() -> None:
    last = plan(shipped.load("question-only"), minutes=SHORTEST, issues=1)[-2:]
    assert sum(each.minutes for each in last) < SHORTEST / 2


@pytest.mark.parametrize(
    ("key", "name"),
    [("case-clinic", "mirror"), ("peer-consultation", "consult"), ("troika", "consult")],
)
def test_where_the_others_speak_the_presenter_writes_and_says_nothing(key: str, name: str) -> None:
    here = stage(key, name)
    assert here.speaks == "others"
    assert not here.writes & {"statement", "presentation", "feedback", "action"}
    assert any(
        word in here.guidance["presenter"].lower() for word in ("silent", "silence", "listen")
    )


@pytest.mark.parametrize("key", shipped.KEYS)
@pytest.mark.parametrize("people", [4, 7])
def test_each_in_turn_has_time_to_say_something(key: str, people: int) -> None:
    for step in shipped.load(key).steps:
        parts: tuple[Step | Stage, ...] = step.stages or (step,)
        assert all(p.minutes * 60 / people >= 15 for p in parts if p.speaks == "each")
