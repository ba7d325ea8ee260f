"""Minutes add up, in every protocol, at every length, with one issue or two, for four to seven."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setwise.protocols import shipped
from setwise.protocols.agenda import fair_shares, plan, scaled
from setwise.protocols.course import start

START = datetime(2027, 2, 9, 14, tzinfo=UTC)
pytestmark = pytest.mark.pure
keys, lengths, issues_ = st.sampled_from(shipped.KEYS), st.integers(30, 480), st.integers(1, 2)


@given(key=keys, minutes=lengths, issues=issues_)
def test_the_minutes_of_a_plan_and_those_in_hand_make_the_meeting(
    key: str, minutes: int, issues: int
) -> None:
    protocol = shipped.load(key)
    course = start(key, minutes=minutes, issues=issues, at=START)
    planned = sum(stop.minutes for stop in course.stops)
    assert planned * 60 + course.in_hand == minutes * 60
    optional = sum(s.minutes for step in protocol.steps for s in step.stages if s.optional)
    rounds = min(issues, protocol.issues)
    kept = scaled(protocol.in_hand, protocol, minutes) + scaled(
        rounds * optional, protocol, minutes
    )
    # a minute that cannot be given to both rounds alike stays in hand too
    assert kept <= course.in_hand // 60 <= kept + 1


@given(key=keys, minutes=lengths, issues=issues_)
def test_no_round_is_planned_shorter_than_another(key: str, minutes: int, issues: int) -> None:
    stages: dict[int, list[tuple[str | None, int]]] = defaultdict(list)
    for stop in plan(shipped.load(key), minutes=minutes, issues=issues):
        if stop.round:
            stages[stop.round].append((stop.stage, stop.minutes))
    assert len(stages) == min(issues, shipped.load(key).issues)
    assert all(each == stages[1] for each in stages.values())


@given(key=keys, minutes=lengths, issues=issues_)
def test_each_stop_has_a_minute_and_a_place_of_its_own(key: str, minutes: int, issues: int) -> None:
    stops = plan(shipped.load(key), minutes=minutes, issues=issues)
    assert all(stop.minutes >= 1 for stop in stops)
    assert set(Counter(stop.id for stop in stops).values()) == {1}
    longer = plan(shipped.load(key), minutes=min(480, minutes * 2), issues=issues)
    assert [stop.id for stop in longer] == [stop.id for stop in stops]


@pytest.mark.parametrize("key", shipped.KEYS)
def test_at_its_own_length_a_plan_is_what_its_protocol_says(key: str) -> None:
    protocol = shipped.load(key)
    stops = plan(protocol, minutes=protocol.minutes, issues=protocol.issues or 2)
    assert all(s.minutes == protocol.part(s.step, s.stage).minutes for s in stops)


@pytest.mark.parametrize("key", shipped.KEYS)
@pytest.mark.parametrize("people", [4, 5, 6, 7])
def test_where_each_speaks_there_is_time_for_a_sentence_of_each(key: str, people: int) -> None:
    protocol = shipped.load(key)
    for issues in (1, 2):
        for stop in plan(protocol, minutes=protocol.minutes, issues=issues):
            part = protocol.part(stop.step, stop.stage)
            if part.speaks == "each":
                assert stop.minutes * 60 / people >= 15, stop.title


def test_classic_is_the_table_of_the_product() -> None:
    stops = plan(shipped.load("classic"), minutes=120, issues=2)
    round_ = [5, 5, 12, 4, 3, 2]
    assert [stop.minutes for stop in stops] == [5, 15, 5, *round_, 5, *round_, 8, 7]
    # sharing's four minutes a round and the five of the meeting are kept in hand
    assert start("classic", minutes=120, issues=2, at=START).in_hand == (5 + 2 * 4) * 60


def test_one_issue_has_the_whole_time_of_two() -> None:
    course = start("classic", minutes=120, issues=1, at=START)
    assert course.in_hand == (5 + 4) * 60
    others = [stop.minutes for stop in course.stops if not stop.round]
    assert others == [5, 15, 5, 8, 7]
    assert sum(stop.minutes for stop in course.stops if stop.round) == 31 + 4 + 5 + 31


@given(st.lists(st.integers(0, 90), min_size=1, max_size=20), st.data())
def test_fair_shares_add_up_and_none_is_above_its_weight(
    weights: list[int], data: st.DataObject
) -> None:
    total = data.draw(st.integers(0, sum(weights)))
    shares = fair_shares(weights, total)
    assert sum(shares) == total
    whole = sum(weights) or 1
    for share, weight in zip(shares, weights, strict=True):
        assert 0 <= share <= weight
        assert abs(share - weight * total / whole) < 1
