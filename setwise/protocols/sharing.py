"""The stage of sharing, which is held where the presenter asks for it: once, before they decide."""

from __future__ import annotations

from setwise.protocols.agenda import Stop, scaled, stop_of
from setwise.protocols.course import Course
from setwise.protocols.fitting import ASKED_FOR, decides
from setwise.protocols.refusing import Reason, Refused


def may_share(course: Course) -> bool:
    """Whether it may be asked for now, in the round under way."""
    if course.paused_at or course.closed_at:
        return False
    try:
        sharing_stop(course)
    except Refused:
        return False
    return True


def sharing_stop(course: Course) -> Stop:
    """The stop to come next; raises Refused where there is none to ask for, or no longer."""
    here = course.stop
    if here.round is None:
        raise Refused(Reason.NOT_IN_ROUND)
    if any(stop.round == here.round and stop.stage == ASKED_FOR for stop in course.stops):
        raise Refused(Reason.ALREADY)
    protocol = course.follows
    step = protocol.round
    stage = next((s for s in step.stages if s.optional), None) if step else None
    if step is None or stage is None or step.key != here.step:
        raise Refused(Reason.UNKNOWN)
    if _has_come_to_decide(course, {each.key for each in step.stages if decides(each)}):
        raise Refused(Reason.DECIDING)
    minutes = max(1, scaled(stage.minutes, protocol, course.minutes - course.longer))
    return stop_of(step, stage, here.round, minutes)


def _has_come_to_decide(course: Course, deciding: set[str]) -> bool:
    behind = course.stops[: course.position + 1]
    return any(stop.round == course.stop.round and stop.stage in deciding for stop in behind)
