"""*Today we…*: planning anew what is ahead of a course."""

from __future__ import annotations

from dataclasses import replace

from setwise.protocols import commands as c
from setwise.protocols.agenda import Stop, plan
from setwise.protocols.course import Course
from setwise.protocols.refusing import Reason, Refused


def replanned(course: Course, command: c.Today) -> Course:
    """Plan anew what is ahead. A round under way keeps its stages, and what was asked for in it.

    Where the round under way is to have the time of another, what is left of it grows.
    """
    protocol, issues = command.protocol or course.protocol, command.issues or course.issues
    minutes = command.minutes or course.minutes
    own = dict(course.own) | ({protocol: command.text} if command.text else {})
    course = replace(course, own=tuple(own.items()))
    try:
        planned = plan(course.protocol_of(protocol), minutes=minutes, issues=issues)
    except KeyError as error:
        raise Refused(Reason.UNKNOWN) from error
    except ValueError as error:
        raise Refused(Reason.LENGTH) from error
    kept = course.position + 1 + _unfinished(course, keeps_round=protocol == course.protocol)
    stops = (*_grown(course, kept, planned), *_ahead(course.stops[:kept], planned, issues))
    nothing = (0,) * (len(stops) - kept)
    asked_for = sum(stop.minutes for stop in stops[:kept] if stop.stage == "sharing")
    free = minutes - sum(stop.minutes for stop in planned)
    return replace(
        course,
        protocol=protocol,
        issues=issues,
        minutes=minutes,
        longer=0,
        stops=stops,
        added=(*course.added[:kept], *nothing),
        spent=(*course.spent[:kept], *nothing),
        moves=course.moves + 1,
        in_hand=60 * max(0, free - asked_for),
    )


def _unfinished(course: Course, *, keeps_round: bool) -> int:
    """How many of the next stops belong to what is under way: a broken stop, the present round."""
    following = course.stops[course.position + 1 :]
    count = int(course.stop.step == "break-now" and bool(following))
    while keeps_round and course.round and following[count : count + 1]:
        if following[count].round != course.round:
            break
        count += 1
    return count


def _grown(course: Course, kept: int, planned: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """The stops that are kept; of the round under way, what is ahead is no shorter than planned."""
    length = {stop.id: stop.minutes for stop in planned}
    here = course.position + 1
    seen = {stop.id for stop in course.stops[:here]}  # what a break broke has only its rest
    ahead = (
        stop
        if stop.id in seen
        else replace(stop, minutes=max(stop.minutes, length.get(stop.id, 0)))
        for stop in course.stops[here:kept]
    )
    return (*course.stops[:here], *ahead)


def _ahead(kept: tuple[Stop, ...], planned: tuple[Stop, ...], issues: int) -> tuple[Stop, ...]:
    seen = {stop.id for stop in kept}
    begun = max((stop.round or 0 for stop in kept), default=0)
    last = max((i for i, stop in enumerate(planned) if stop.id in seen), default=-1)
    ahead = tuple(stop for stop in planned[last + 1 :] if stop.id not in seen)
    if begun and issues <= begun:
        ahead = tuple(s for s in ahead if s.round is None or s.round <= begun)
    return ahead
