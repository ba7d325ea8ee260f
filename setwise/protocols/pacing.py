"""Keeping a meeting's time: how far ahead or behind it is, and what can be done about an overrun.

Minutes that are taken off what is ahead are negative seconds in `Course.added`: the plan itself stays,
so each of these steps can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from setwise.protocols.agenda import LONGEST, fair_shares
from setwise.protocols.course import Course, spent_here
from setwise.protocols.refusing import Reason, Refused

SHORTEST_BREAK = 2  # minutes: less is none


@dataclass(frozen=True, slots=True)
class Pace:
    """How a meeting keeps its time. Seconds; a negative `ahead` is behind, a negative `left` late.

    `left` is until the end that was agreed, by the clock on the wall: a pause stops a stage's clock
    and not the day. `over` is what will not fit even with all that was kept in hand. `taken` and
    `longer` are the whole minutes that were taken off what is ahead, and that the set gave.
    """

    left: int
    ahead: int
    in_hand: int
    over: int
    taken: int
    longer: int

    @property
    def minutes_over(self) -> int:
        return (self.over + 30) // 60


def pace(course: Course, *, at: datetime) -> Pace:
    """The pace at `at`, or when the meeting was closed."""
    until = course.closed_at or at
    day = max(until, course.opened_at)  # a room that waits for its meeting is not ahead of it
    left = int((course.ends_at - day).total_seconds())
    ahead_planned = sum(course.planned(i) for i in range(course.position + 1, len(course.stops)))
    here = max(0, course.planned(course.position) - spent_here(course, until))
    needed = here + ahead_planned
    return Pace(
        left=left,
        ahead=left - needed - course.in_hand,
        in_hand=course.in_hand,
        over=max(0, needed - left),
        taken=sum(_taken(course)) // 60,
        longer=course.longer,
    )


def share_fairly(course: Course, *, at: datetime) -> Course:
    """Take an overrun off what is ahead, by its length, fixed steps apart: each keeps a minute."""
    fixed = {step.key for step in course.follows.steps if step.fixed}
    ahead = zip(course.stops, _ahead(course), strict=True)
    spare = [0 if stop.step in fixed else max(0, each // 60 - 1) for stop, each in ahead]
    return _shorter(course, spare, at, none=Reason.NO_ROOM)


def shorten_break(course: Course, *, at: datetime) -> Course:
    """Take an overrun off the breaks ahead, as far as they go."""
    breaks = [stop.kind == "break" for stop in course.stops]
    spare = [
        max(0, each // 60 - SHORTEST_BREAK) if is_break else 0
        for each, is_break in zip(_ahead(course), breaks, strict=True)
    ]
    return _shorter(course, spare, at, none=Reason.NO_BREAK)


def break_can_be_shorter(course: Course) -> bool:
    """Whether a break is ahead that has a minute to give."""
    ahead = zip(course.stops, _ahead(course), strict=True)
    return any(stop.kind == "break" and each // 60 > SHORTEST_BREAK for stop, each in ahead)


def give_back(course: Course) -> Course:
    """Give what is ahead the minutes that were taken off it."""
    taken = _taken(course)
    if not any(taken):
        raise Refused(Reason.NOTHING_TAKEN)
    added = tuple(each + back for each, back in zip(course.added, taken, strict=True))
    return replace(course, added=added)


def stay_longer(course: Course, minutes: int) -> Course:
    """Record that the set gave so many minutes more; less than none takes that back."""
    if course.longer + minutes < 0:
        raise Refused(Reason.NOTHING_TAKEN)
    if course.minutes + minutes > LONGEST:
        raise Refused(Reason.LENGTH)
    return replace(course, minutes=course.minutes + minutes, longer=course.longer + minutes)


def _ahead(course: Course) -> list[int]:
    """The seconds planned for each stop ahead, 0 for the others."""
    return [course.planned(i) if i > course.position else 0 for i in range(len(course.stops))]


def _taken(course: Course) -> list[int]:
    """The seconds that were taken off each stop ahead."""
    return [max(0, -each) if i > course.position else 0 for i, each in enumerate(course.added)]


def _shorter(course: Course, spare: list[int], at: datetime, *, none: Reason) -> Course:
    over = pace(course, at=at).minutes_over
    if not over:
        raise Refused(Reason.NOTHING_OVER)
    if not any(spare):
        raise Refused(none)
    taken = fair_shares(spare, min(over, sum(spare)))
    added = tuple(each - 60 * less for each, less in zip(course.added, taken, strict=True))
    return replace(course, added=added)
