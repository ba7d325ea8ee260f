"""What becomes of a meeting's plan when nobody brings an issue."""

from __future__ import annotations

from dataclasses import replace

from setwise.protocols.agenda import Stop
from setwise.protocols.course import Course
from setwise.protocols.refusing import Reason, Refused


def may_do_without(course: Course, *, deeper: bool) -> bool:
    """Whether the rounds ahead may be left out now: at bidding; `deeper` needs a progress step."""
    ahead = course.stops[course.position + 1 :]
    at_bidding = course.stop.kind == "bidding" and not course.paused_at and not course.closed_at
    has_place = not deeper or _progress_step(course) is not None
    return at_bidding and any(stop.round for stop in ahead) and has_place


def without_rounds(course: Course, deeper: bool) -> Course:
    """The course without the rounds ahead and the breaks between; their time is progress's, or kept
    in hand. Refused anywhere but at bidding, and where the protocol has no progress step."""
    if course.paused_at:
        raise Refused(Reason.PAUSED)
    if not may_do_without(course, deeper=deeper):
        raise Refused(Reason.NOT_AT_BIDDING)
    here = course.position + 1
    rounds = [i for i, stop in enumerate(course.stops) if i >= here and stop.round]
    first, after = rounds[0], rounds[-1] + 1  # breaks between two rounds go with them
    minutes = sum(stop.minutes for stop in course.stops[first:after])
    step = _progress_step(course) if deeper else None
    instead: tuple[Stop, ...] = ()
    if step:
        title = "Progress, in depth"
        instead = (Stop("progress-deeper", step, "progress", None, None, title, minutes),)
    nothing = (0,) * len(instead)
    stops = (*course.stops[:here], *instead, *course.stops[here:first], *course.stops[after:])
    return replace(
        course,
        stops=stops,
        added=_spliced(course.added, here, first, after, nothing),
        spent=_spliced(course.spent, here, first, after, nothing),
        in_hand=max(0, (course.minutes - sum(stop.minutes for stop in stops)) * 60),
    )


def _spliced(
    seconds: tuple[int, ...], here: int, first: int, after: int, instead: tuple[int, ...]
) -> tuple[int, ...]:
    return (*seconds[:here], *instead, *seconds[here:first], *seconds[after:])


def _progress_step(course: Course) -> str | None:
    return next((step.key for step in course.follows.steps if step.kind == "progress"), None)
