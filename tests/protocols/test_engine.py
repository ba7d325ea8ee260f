from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setwise.protocols import commands as c
from setwise.protocols import reading, shipped
from setwise.protocols.course import Course, start
from setwise.protocols.engine import Hand, Reason, Refused, apply
from setwise.protocols.sharing import may_share

START = datetime(2027, 2, 9, 14, tzinfo=UTC)
CHAIR, PRESENTER, NOBODY = Hand(controls=True), Hand(presenter=True), Hand()
pytestmark = pytest.mark.pure

moves = st.one_of(
    st.sampled_from(["next", "back", "end"]),
    st.sampled_from(
        [
            c.AddMinutes(),
            c.BreakNow(),
            c.Pause(),
            c.Resume(),
            c.PauseForLearning(),
            c.PauseForLearning("listening"),
            c.PauseForLearning("nothing"),
            c.AskSharing(),
            c.Today(issues=1),
            c.Today(issues=2),
            c.Today(protocol="open-floor"),
            c.Today(protocol="classic"),
            c.Today(protocol="nothing"),
            c.Today(minutes=60),
            c.Today(minutes=1),
            c.ShareFairly(),
            c.ShortenBreak(),
            c.GiveBack(),
            c.StayLonger(),
            c.StayLonger(-10),
            c.Close(),
        ]
    ),
)
COACH = Hand(facilitator=True)
hands = st.sampled_from([CHAIR, PRESENTER, NOBODY, COACH, Hand(controls=True, presenter=True)])


def command_of(move: object, course: Course) -> c.Command:
    ways: dict[object, c.Command] = {
        "next": c.Next(course.moves),
        "back": c.Back(course.moves),
        "end": c.EndRound(course.moves),
    }
    return ways.get(move) or move  # type: ignore[return-value]


@given(
    protocol=st.sampled_from(shipped.KEYS),
    minutes=st.integers(30, 480),
    issues=st.integers(1, 2),
    walk=st.lists(st.tuples(moves, hands, st.integers(-600, 3000)), max_size=40),
)
def test_any_walk_leaves_a_legal_course(
    protocol: str, minutes: int, issues: int, walk: list[tuple[object, Hand, int]]
) -> None:
    at, course = START, start(protocol, minutes=minutes, issues=issues, at=START)
    for move, hand, seconds in walk:
        at += timedelta(seconds=seconds)
        before = course
        command = command_of(move, course)
        try:
            course = apply(course, command, at=at, hand=hand)
        except Refused:
            assert course == before
            continue
        assert hand != NOBODY
        if hand == COACH:
            assert shipped.load(before.protocol).coach
            assert isinstance(command, c.PauseForLearning) or before.asking
            assert (course.position, course.moves) == (before.position, before.moves)
        if hand == PRESENTER:
            assert before.round
            own = c.Pause | c.Resume | c.EndRound | c.AskSharing
            assert isinstance(command, own) or before.paused_at
            assert isinstance(command, own | c.BreakNow)
        assert before.closed_at is None
        assert 0 <= course.position < len(course.stops)
        assert len(course.stops) == len(course.added) == len(course.spent)
        assert all(seconds >= 0 for seconds in course.spent)
        assert course.stops[: before.position] == before.stops[: before.position]
        assert all(stop.minutes >= 1 for stop in course.stops)
        assert all(course.planned(index) >= 60 for index in range(len(course.stops)))
        assert course.in_hand >= 0 and 0 <= course.longer <= course.minutes - 30
        assert kept_its_word(before, course, command)
        assert Course.from_json(course.to_json()) == course
        assert course.paused_at or not course.asking
        reading.where(course, at=at)
        reading.asked(course, hand=hand)


def kept_its_word(before: Course, after: Course, command: c.Command) -> bool:
    """Rounds come one after the other, once each; what was asked for in a round is not lost."""
    rounds = [stop.round for stop in after.stops if stop.round]
    if rounds != sorted(rounds):
        return False
    if isinstance(command, c.Today) and command.protocol in (None, before.protocol):
        own = [stop.id for stop in before.stops if stop.round and stop.round == before.round]
        return own == [stop.id for stop in after.stops if stop.round == before.round][: len(own)]
    return True


def test_a_stale_next_moves_nothing_and_says_so() -> None:
    course = start("classic", minutes=120, issues=2, at=START)
    moved = apply(course, c.Next(course.moves), at=START, hand=CHAIR)
    with pytest.raises(Refused) as refused:
        apply(moved, c.Next(course.moves), at=START, hand=CHAIR)
    assert refused.value.reason is Reason.MOVED_ALREADY


def test_time_spent_is_remembered_when_going_back() -> None:
    course = start("classic", minutes=120, issues=2, at=START)
    at = START + timedelta(minutes=2)
    course = apply(course, c.Next(0), at=at, hand=CHAIR)
    course = apply(course, c.Back(1), at=at, hand=CHAIR)
    assert reading.where(course, at=at).remaining == 3 * 60


def test_a_pause_stops_the_clock() -> None:
    course = start("classic", minutes=120, issues=2, at=START)
    course = apply(course, c.Pause(), at=START + timedelta(minutes=1), hand=CHAIR)
    later = START + timedelta(minutes=31)
    assert reading.where(course, at=later).remaining == 4 * 60
    course = apply(course, c.Resume(), at=later, hand=CHAIR)
    assert reading.where(course, at=later).remaining == 4 * 60


def test_a_break_returns_to_what_it_broke_with_the_time_left() -> None:
    course = start("classic", minutes=120, issues=2, at=START)
    course = apply(course, c.BreakNow(5), at=START + timedelta(minutes=2), hand=CHAIR)
    assert course.stop.kind == "break"
    course = apply(course, c.Next(course.moves), at=START + timedelta(minutes=7), hand=CHAIR)
    assert (course.stop.step, course.stop.minutes) == ("check-in", 3)


def test_sharing_comes_next_and_once() -> None:
    course = to_round(start("classic", minutes=120, issues=2, at=START))
    course = apply(course, c.AskSharing(), at=START, hand=PRESENTER)
    assert course.stops[course.position + 1].stage == "sharing"
    with pytest.raises(Refused):
        apply(course, c.AskSharing(), at=START, hand=PRESENTER)


def test_sharing_is_asked_for_before_the_presenter_decides_and_no_more_from_then_on() -> None:
    course = to_round(start("classic", minutes=120, issues=2, at=START))
    offered = {}
    while course.stop.round == 1:
        offered[course.stop.stage] = may_share(course)
        if not offered[course.stop.stage]:
            with pytest.raises(Refused) as refused:
                apply(course, c.AskSharing(), at=START, hand=PRESENTER)
            assert refused.value.reason is Reason.DECIDING
        course = apply(course, c.Next(course.moves), at=START, hand=CHAIR)
    asked = {name for name, may in offered.items() if may}
    assert (asked, set(offered) - asked) == (
        {"present", "clarify", "explore", "options"},
        {"decide", "feedback"},
    )
    while course.stop.round is None:
        course = apply(course, c.Next(course.moves), at=START, hand=CHAIR)
    assert may_share(course)  # the second round has its own
    assert not may_share(apply(course, c.Pause(), at=START, hand=CHAIR))


def test_one_issue_today_leaves_out_the_second_round_and_its_break() -> None:
    course = start("classic", minutes=120, issues=2, at=START)
    course = apply(course, c.Today(issues=1), at=START, hand=CHAIR)
    assert {stop.round for stop in course.stops} == {None, 1}
    assert not any(stop.kind == "break" for stop in course.stops)


def test_ending_a_round_goes_to_what_comes_after_it() -> None:
    course = to_round(start("classic", minutes=120, issues=2, at=START))
    course = apply(course, c.EndRound(course.moves), at=START, hand=PRESENTER)
    assert course.stop.kind == "break"


def test_a_break_in_mid_round_leaves_the_round_under_way() -> None:
    course = to_round(start("classic", minutes=120, issues=2, at=START))
    course = apply(course, c.BreakNow(), at=START, hand=CHAIR)
    assert (course.stop.kind, course.round) == ("break", 1)
    ended = apply(course, c.EndRound(course.moves), at=START, hand=PRESENTER)
    assert (ended.stop.step, ended.round) == ("break", None)  # the protocol's own, between issues


def test_a_presenter_takes_a_break_from_a_pause_only() -> None:
    course = to_round(start("classic", minutes=120, issues=2, at=START))
    with pytest.raises(Refused) as refused:
        apply(course, c.BreakNow(), at=START, hand=PRESENTER)
    assert refused.value.reason is Reason.NOT_YOURS
    paused = apply(course, c.Pause(), at=START, hand=PRESENTER)
    assert apply(paused, c.BreakNow(), at=START, hand=PRESENTER).stop.kind == "break"


def test_today_keeps_the_sharing_asked_for_and_what_a_break_broke() -> None:
    course = to_round(start("classic", minutes=120, issues=2, at=START))
    course = apply(course, c.AskSharing(), at=START, hand=PRESENTER)
    course = apply(course, c.BreakNow(), at=START + timedelta(minutes=2), hand=CHAIR)
    before = [stop for stop in course.stops if stop.round == 1]
    course = apply(course, c.Today(issues=1), at=START + timedelta(minutes=3), hand=CHAIR)
    after = [stop for stop in course.stops if stop.round == 1]
    assert [stop.id for stop in after] == [stop.id for stop in before]
    assert after[:3] == before[:3]  # what is over, what the break broke, and the sharing
    assert [stop.minutes for stop in after[3:]] == [11, 28, 9, 7, 5]  # the other round's time too
    assert {stop.round for stop in course.stops} == {None, 1}


def test_today_we_have_less_time_shortens_what_is_ahead() -> None:
    course = start("classic", minutes=120, issues=2, at=START)
    shorter = apply(course, c.Today(minutes=60), at=START, hand=CHAIR)
    assert sum(stop.minutes for stop in shorter.stops) <= 60
    assert shorter.stops[0] == course.stops[0]
    with pytest.raises(Refused) as refused:
        apply(course, c.Today(minutes=20), at=START, hand=CHAIR)
    assert refused.value.reason is Reason.LENGTH


def test_each_thing_is_written_in_its_stage_and_nothing_in_a_pause() -> None:
    course = to_round(start("classic", minutes=120, issues=2, at=START))
    assert reading.may_write(course, "statement")
    assert not reading.may_write(course, "action")
    paused = apply(course, c.Pause(), at=START, hand=CHAIR)
    assert not reading.may_write(paused, "statement")


def to_round(course: Course) -> Course:
    while course.stop.round is None:
        course = apply(course, c.Next(course.moves), at=START, hand=CHAIR)
    return course
