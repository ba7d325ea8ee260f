"""What an overrun costs, and the steps that answer it: minutes add up, and each is taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from setwise.protocols import commands as c
from setwise.protocols import shipped
from setwise.protocols.course import Course, start
from setwise.protocols.engine import Hand, Reason, Refused, apply
from setwise.protocols.pacing import SHORTEST_BREAK, pace

START = datetime(2027, 2, 9, 14, tzinfo=UTC)
CHAIR, PRESENTER = Hand(controls=True), Hand(presenter=True)
pytestmark = pytest.mark.pure


@st.composite
def overrun(
    draw: st.DrawFn, keys: tuple[str, ...] = shipped.KEYS, before: str = ""
) -> tuple[Course, datetime]:
    """A meeting on its way, `before` a step of that kind, and later than its minutes in hand."""
    key = draw(st.sampled_from(keys))
    minutes = draw(st.integers(60, 480))
    course, at = start(key, minutes=minutes, issues=draw(st.integers(1, 2)), at=START), START
    if before:
        course, at = start(key, minutes=minutes, issues=2, at=START), START
    stops = [i for i, stop in enumerate(course.stops) if not before or stop.kind == before]
    for _ in range(draw(st.integers(0, stops[-1] - 1))):
        at += timedelta(seconds=draw(st.integers(0, 120)) + course.stop.minutes * 60)
        course = apply(course, c.Next(course.moves), at=at, hand=CHAIR)
    over = course.in_hand + draw(st.integers(30, 5400))
    return course, at + timedelta(seconds=course.stop.minutes * 60 + over)


def late(minutes: int) -> tuple[Course, datetime]:
    """The classic meeting in its first round's last stage, so many minutes later than planned."""
    course, at = start("classic", minutes=120, issues=2, at=START), START
    while course.stops[course.position + 1].kind != "break":
        at += timedelta(minutes=course.stop.minutes)
        course = apply(course, c.Next(course.moves), at=at, hand=CHAIR)
    return course, at + timedelta(minutes=course.stop.minutes + minutes)


def refusal(course: Course, command: c.Command, at: datetime, hand: Hand = CHAIR) -> Reason:
    with pytest.raises(Refused) as refused:
        apply(course, command, at=at, hand=hand)
    return refused.value.reason


def lengths(course: Course) -> list[int]:
    return [course.planned(i) // 60 for i in range(course.position + 1, len(course.stops))]


@given(overrun())
def test_what_is_shared_is_what_is_over_as_far_as_it_goes(found: tuple[Course, datetime]) -> None:
    course, at = found
    before = pace(course, at=at)
    fixed = {step.key for step in course.follows.steps if step.fixed}
    ahead = zip(course.stops[course.position + 1 :], lengths(course), strict=True)
    spare = sum(each - 1 for stop, each in ahead if stop.step not in fixed)
    assume(before.minutes_over and spare)
    after = apply(course, c.ShareFairly(), at=at, hand=CHAIR)
    now = pace(after, at=at)
    assert now.taken == min(before.minutes_over, spare)
    assert now.ahead - before.ahead == now.taken * 60  # a minute taken is a minute won
    assert now.minutes_over == before.minutes_over - now.taken
    assert min(lengths(after)) >= 1
    assert sum(lengths(course)) - sum(lengths(after)) == now.taken
    assert all(
        not less for s, less in zip(after.stops, after.added, strict=True) if s.step in fixed
    )
    assert after.planned(course.position) == course.planned(
        course.position
    )  # not what is under way
    assert apply(after, c.GiveBack(), at=at, hand=CHAIR) == course


@given(overrun(("classic",), before="break"))
def test_a_shorter_break_is_a_break_still_and_nothing_else_is_shorter(
    found: tuple[Course, datetime],
) -> None:
    course, at = found
    breaks = [stop.kind == "break" for stop in course.stops[course.position + 1 :]]
    spare = [
        each - SHORTEST_BREAK
        for each, is_break in zip(lengths(course), breaks, strict=True)
        if is_break and each > SHORTEST_BREAK
    ]
    before = pace(course, at=at)
    assume(before.minutes_over and spare)
    after = apply(course, c.ShortenBreak(), at=at, hand=CHAIR)
    for was, now, is_break in zip(lengths(course), lengths(after), breaks, strict=True):
        assert SHORTEST_BREAK <= now <= was if is_break else now == was
    assert pace(after, at=at).taken == min(before.minutes_over, sum(spare))
    assert apply(after, c.GiveBack(), at=at, hand=CHAIR) == course


@given(overrun())
def test_ten_minutes_more_are_ten_minutes_and_can_be_taken_back(
    found: tuple[Course, datetime],
) -> None:
    course, at = found
    assume(course.minutes <= 470)
    after = apply(course, c.StayLonger(), at=at, hand=CHAIR)
    before, now = pace(course, at=at), pace(after, at=at)
    assert (now.ahead - before.ahead, now.left - before.left, now.longer) == (600, 600, 10)
    assert after.stops == course.stops and after.added == course.added
    assert after.ends_at == course.ends_at + timedelta(minutes=10)
    assert apply(after, c.StayLonger(-10), at=at, hand=CHAIR) == course


def test_the_minutes_in_hand_are_used_first_and_cost_nobody_anything() -> None:
    course, at = late(13)
    found = pace(course, at=at)
    assert (found.ahead, found.in_hand, found.minutes_over) == (-13 * 60, 13 * 60, 0)
    assert refusal(course, c.ShareFairly(), at) is Reason.NOTHING_OVER
    assert refusal(course, c.ShortenBreak(), at) is Reason.NOTHING_OVER


def test_an_overrun_of_the_first_round_is_shared_by_length() -> None:
    course, at = late(13 + 6)
    assert pace(course, at=at).minutes_over == 6
    shared = apply(course, c.ShareFairly(), at=at, hand=CHAIR)
    assert lengths(course) == [5, 5, 5, 12, 4, 3, 2, 8, 7]
    assert lengths(shared) == [4, 4, 4, 11, 4, 3, 2, 7, 6]
    assert pace(shared, at=at).minutes_over == 0


def test_a_break_gives_what_it_has_and_the_rest_is_still_over() -> None:
    course, at = late(13 + 6)
    shorter = apply(course, c.ShortenBreak(), at=at, hand=CHAIR)
    assert lengths(shorter)[0] == SHORTEST_BREAK
    assert pace(shorter, at=at).minutes_over == 3
    assert refusal(shorter, c.ShortenBreak(), at) is Reason.NO_BREAK


def test_a_pause_is_time_of_the_day_though_not_of_the_stage() -> None:
    course = start("classic", minutes=120, issues=2, at=START)
    paused = apply(course, c.Pause(), at=START + timedelta(minutes=1), hand=CHAIR)
    found = pace(paused, at=START + timedelta(minutes=9))
    assert (found.left, found.ahead) == (111 * 60, -8 * 60)


def test_whatever_is_as_short_as_it_can_be_is_not_made_shorter() -> None:
    course = start("half-hour", minutes=30, issues=1, at=START)
    while course.position + 1 < len(course.stops):
        course = apply(course, c.Next(course.moves), at=START, hand=CHAIR)
    assert refusal(course, c.ShareFairly(), START + timedelta(hours=1)) is Reason.NO_ROOM
    assert refusal(course, c.GiveBack(), START) is Reason.NOTHING_TAKEN
    assert refusal(course, c.StayLonger(-10), START) is Reason.NOTHING_TAKEN


def test_eight_hours_are_the_end() -> None:
    course = start("classic", minutes=475, issues=2, at=START)
    assert refusal(course, c.StayLonger(), START) is Reason.LENGTH


@pytest.mark.parametrize(
    "command", [c.ShareFairly(), c.ShortenBreak(), c.GiveBack(), c.StayLonger()]
)
def test_time_is_kept_by_whoever_holds_the_controls_alone(command: c.Command) -> None:
    course, at = late(30)
    assert refusal(course, command, at, PRESENTER) is Reason.NOT_YOURS
