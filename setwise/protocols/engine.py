"""The pure engine: given a course, a command, a time and a hand, the course that follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from setwise.protocols import commands as c
from setwise.protocols import pacing
from setwise.protocols.agenda import Stop
from setwise.protocols.course import Course, spent_here
from setwise.protocols.prompting import learning_questions
from setwise.protocols.refusing import Reason, Refused
from setwise.protocols.replanning import replanned
from setwise.protocols.sharing import sharing_stop
from setwise.protocols.without_rounds import without_rounds

__all__ = ["Hand", "Reason", "Refused", "apply", "spent_here"]

MOST_ADDED = 120 * 60  # seconds added to one stop


@dataclass(frozen=True, slots=True)
class Hand:
    """What the presser may do: hold the controls, present the present round, facilitate the set."""

    controls: bool = False
    presenter: bool = False
    facilitator: bool = False


def apply(course: Course, command: c.Command, *, at: datetime, hand: Hand) -> Course:
    """Carry out `command`, or raise Refused. Nothing ever advances by itself."""
    if course.closed_at:
        raise Refused(Reason.CLOSED)
    _permit(course, command, hand)
    match command:
        case c.Next(expected):
            return _next(_fresh(course, expected), at)
        case c.Back(expected):
            return _back(_fresh(course, expected), at)
        case c.EndRound(expected):
            return _end_round(_fresh(course, expected), at)
        case c.AddMinutes(minutes):
            return _add(course, minutes)
        case c.BreakNow(minutes):
            return _break(course, minutes, at)
        case c.Pause():
            if course.paused_at and not course.asking:
                raise Refused(Reason.ALREADY)
            return replace(course, paused_at=course.paused_at or at, asking="")
        case c.PauseForLearning(question):
            return _ask(course, question, at)
        case c.Resume():
            return _resume(course, at)
        case c.AskSharing():
            return _sharing(course)
        case c.Today():
            return replanned(course, command)
        case c.ShareFairly():
            return pacing.share_fairly(course, at=at)
        case c.ShortenBreak():
            return pacing.shorten_break(course, at=at)
        case c.GiveBack():
            return pacing.give_back(course)
        case c.StayLonger(minutes):
            return pacing.stay_longer(course, minutes)
        case c.WithoutRounds(expected, deeper):
            return _go(without_rounds(_fresh(course, expected), deeper), course.position + 1, at)
        case c.Close():
            return replace(_leave(_running(course, at), at), closed_at=at)


def _permit(course: Course, command: c.Command, hand: Hand) -> None:
    """A presenter may pause, and then go on, break or stop; ask for sharing; end their own round.

    Where the protocol has a coach, whoever facilitates may step in, and end that, at any time.
    """
    steps_in = isinstance(command, c.PauseForLearning) or (
        isinstance(command, c.Resume) and course.asking
    )
    if steps_in and hand.facilitator and course.follows.coach:
        return
    own = isinstance(command, c.Pause | c.Resume | c.EndRound | c.AskSharing) or (
        isinstance(command, c.BreakNow) and course.paused_at is not None
    )
    if not hand.controls and not (own and hand.presenter and course.round):
        raise Refused(Reason.NOT_YOURS)


def _fresh(course: Course, expected: int) -> Course:
    if course.moves != expected:
        raise Refused(Reason.MOVED_ALREADY)
    return course


def _running(course: Course, at: datetime) -> Course:
    return _resume(course, at) if course.paused_at else course


def _leave(course: Course, at: datetime) -> Course:
    spent = list(course.spent)
    spent[course.position] = spent_here(course, at)
    return replace(course, spent=tuple(spent), began_at=at)


def _go(course: Course, position: int, at: datetime) -> Course:
    left = _leave(course, at)
    return replace(left, position=position, moves=course.moves + 1)


def _next(course: Course, at: datetime) -> Course:
    if course.paused_at:
        raise Refused(Reason.PAUSED)
    if course.position + 1 >= len(course.stops):
        raise Refused(Reason.NOTHING_AFTER)
    return _go(course, course.position + 1, at)


def _back(course: Course, at: datetime) -> Course:
    if course.paused_at:
        raise Refused(Reason.PAUSED)
    if course.position == 0:
        raise Refused(Reason.NOTHING_BEFORE)
    return _go(course, course.position - 1, at)


def _end_round(course: Course, at: datetime) -> Course:
    number = course.round
    if number is None:
        raise Refused(Reason.NOT_IN_ROUND)
    after = [
        i for i, stop in enumerate(course.stops) if i > course.position and stop.round != number
    ]
    if not after:
        raise Refused(Reason.NOTHING_AFTER)
    return _go(_running(course, at), after[0], at)


def _add(course: Course, minutes: int) -> Course:
    added = list(course.added)
    added[course.position] += minutes * 60
    if minutes < 1 or added[course.position] > MOST_ADDED:
        raise Refused(Reason.ENOUGH)
    return replace(course, added=tuple(added))


def _resume(course: Course, at: datetime) -> Course:
    if course.paused_at is None:
        raise Refused(Reason.NOT_PAUSED)
    shift = max(at - course.paused_at, timedelta())
    return replace(course, began_at=course.began_at + shift, paused_at=None, asking="")


def _ask(course: Course, question: str, at: datetime) -> Course:
    """Pause for learning, or ask another question in one. A pause that hides the words stays one."""
    if course.paused_at and not course.asking:
        raise Refused(Reason.PAUSED)
    keys = tuple(learning_questions())
    asking = question or keys[course.asked % len(keys)]
    if asking not in keys:
        raise Refused(Reason.NO_QUESTION)
    began = course.paused_at or at
    return replace(course, paused_at=began, asking=asking, asked=course.asked + 1)


def _break(course: Course, minutes: int, at: datetime) -> Course:
    if course.stop.kind == "break":
        raise Refused(Reason.ALREADY)
    here = course.stop
    taken = sum(stop.id.startswith("break-now") for stop in course.stops) + 1
    pause = Stop(f"break-now-{taken}", "break-now", "break", None, None, "Break", minutes)
    # the stop that was interrupted comes again after the break, with the time it has left
    left = max(1, -(-(course.planned(course.position) - spent_here(course, at)) // 60))
    rest = replace(here, minutes=left)
    course = _insert(_running(course, at), course.position + 1, pause, rest)
    return _go(course, course.position + 1, at)


def _insert(course: Course, index: int, *stops: Stop) -> Course:
    nothing = (0,) * len(stops)
    return replace(
        course,
        stops=(*course.stops[:index], *stops, *course.stops[index:]),
        added=(*course.added[:index], *nothing, *course.added[index:]),
        spent=(*course.spent[:index], *nothing, *course.spent[index:]),
    )


def _sharing(course: Course) -> Course:
    stop = sharing_stop(course)
    kept = max(0, course.in_hand - stop.minutes * 60)  # the plan kept this stage's minutes in hand
    return replace(_insert(course, course.position + 1, stop), in_hand=kept)
