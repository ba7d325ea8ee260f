"""Nobody brings an issue: progress goes deeper with the rounds' time, or the set finishes early."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from setwise.protocols import commands as c
from setwise.protocols.course import Course, start
from setwise.protocols.engine import Hand, Reason, Refused, apply
from setwise.protocols.reading import asked, may_write, where
from setwise.protocols.shipped import shipped
from setwise.protocols.without_rounds import may_do_without

pytestmark = pytest.mark.pure
NOW = datetime(2027, 2, 9, 9, tzinfo=UTC)
HAND = Hand(controls=True)


def at_bidding(protocol: str = "classic", minutes: int = 120, issues: int = 2) -> Course:
    course = start(protocol, minutes=minutes, issues=issues, at=NOW)
    while course.stop.kind != "bidding":
        course = apply(course, c.Next(course.moves), at=NOW, hand=HAND)
    return course


def without(course: Course, *, deeper: bool, at: datetime = NOW) -> Course:
    return apply(course, c.WithoutRounds(course.moves, deeper), at=at, hand=HAND)


def test_progress_gets_the_time_of_the_rounds_and_of_the_break_between() -> None:
    before = at_bidding()
    rounds = sum(stop.minutes for stop in before.stops if stop.round or stop.kind == "break")
    after = without(before, deeper=True)
    assert [stop.kind for stop in after.stops] == [
        *("check-in", "progress", "bidding", "progress", "review", "check-out")
    ]
    assert (after.stop.minutes, after.stop.title) == (rounds, "Progress, in depth")
    assert sum(s.minutes for s in after.stops) == sum(s.minutes for s in before.stops)
    assert may_write(after, "progress")
    assert asked(after, hand=Hand()) and after.moves == before.moves + 1
    assert after == Course.from_json(after.to_json())


def test_the_set_finishes_early_and_is_not_told_that_it_is_ahead() -> None:
    after = without(at_bidding(), deeper=False)
    assert after.stop.kind == "review"
    assert [stop.kind for stop in after.stops[after.position :]] == ["review", "check-out"]
    # ahead only by what check-in, progress and bidding did not take
    pace = where(after, at=NOW).pace
    assert pace.ahead == sum(s.minutes for s in after.stops[: after.position]) * 60


@pytest.mark.parametrize("deeper", [True, False])
def test_back_and_today_we_bring_the_rounds_again(deeper: bool) -> None:
    before = at_bidding()
    course = without(before, deeper=deeper)
    course = apply(course, c.Back(course.moves), at=NOW, hand=HAND)
    assert course.stop.kind == "bidding"
    with pytest.raises(Refused):
        without(course, deeper=False)
    course = apply(course, c.Today(issues=2), at=NOW, hand=HAND)
    assert course.stops == before.stops


@pytest.mark.parametrize("protocol", [each.key for each in shipped()])
def test_it_is_offered_where_it_works(protocol: str) -> None:
    """Each protocol with bids may end early; only one with progress goes deeper into it."""
    kinds = [step.kind for step in next(p for p in shipped() if p.key == protocol).steps]
    if "bidding" not in kinds:
        return
    course = at_bidding(protocol, minutes=60)
    for deeper, works in ((False, True), (True, "progress" in kinds)):
        assert may_do_without(course, deeper=deeper) == works
        if works:
            assert not any(stop.round for stop in without(course, deeper=deeper).stops)
        else:
            with pytest.raises(Refused):
                without(course, deeper=deeper)


def test_it_is_refused_elsewhere_paused_twice_and_to_whoever_has_no_controls() -> None:
    course = at_bidding()
    begun = apply(course, c.Next(course.moves), at=NOW, hand=HAND)
    for other, reason in (
        (begun, Reason.NOT_AT_BIDDING),
        (replace(course, paused_at=NOW + timedelta(minutes=1)), Reason.PAUSED),
    ):
        with pytest.raises(Refused) as refused:
            without(other, deeper=False)
        assert refused.value.reason is reason
    with pytest.raises(Refused) as refused:
        apply(
            without(course, deeper=False), c.WithoutRounds(course.moves, False), at=NOW, hand=HAND
        )
    assert refused.value.reason is Reason.MOVED_ALREADY
    with pytest.raises(Refused) as refused:
        apply(course, c.WithoutRounds(course.moves, True), at=NOW, hand=Hand(presenter=True))
    assert refused.value.reason is Reason.NOT_YOURS
