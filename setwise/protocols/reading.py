"""Reading a course: where it is, whose turn it is, what is asked of a seat, what may be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from setwise.protocols.agenda import Stop
from setwise.protocols.course import Course
from setwise.protocols.engine import Hand, spent_here
from setwise.protocols.pacing import Pace, pace
from setwise.protocols.prompting import learning_questions, prompt_for
from setwise.protocols.shape import Stage, Step
from setwise.protocols.shipped import KEYS


@dataclass(frozen=True, slots=True)
class Where:
    """A moment of a meeting. Seconds; a negative `remaining` is over.

    `until` is when the present stop's time is over, None while no clock runs. `wait` is how long its
    clock stands still before it runs, where the room was opened before the meeting begins.
    """

    at: datetime
    stop: Stop
    next: Stop | None
    until: datetime | None
    planned: int
    remaining: int
    wait: int
    pace: Pace
    running: bool
    paused: bool
    closed: bool


def part(course: Course) -> Step | Stage:
    """The step or stage of the protocol where the course is."""
    global _last  # of the same course this is asked dozens of times at every change
    last = _last
    if last is None or last[0] is not course:
        last = _last = course, part_of(course, course.stop)
    return last[1]


_last: tuple[Course, Step | Stage] | None = None


def part_of(course: Course, stop: Stop) -> Step | Stage:
    if stop.step == "break-now":
        return Step(stop.step, "break", stop.title, stop.minutes, "nobody", {})
    for key in (course.protocol, *dict(course.own), *KEYS):
        try:
            return course.protocol_of(key).part(stop.step, stop.stage)
        except KeyError:  # a stop from before *Today we…* changed the protocol
            continue
    # a step of a protocol that this installation has no more: the clock, and its title
    return Step(stop.step, stop.kind, stop.title, stop.minutes, "everyone", {})


def where(course: Course, *, at: datetime) -> Where:
    """Where the meeting is at `at`."""
    index = course.position
    planned = course.planned(index)
    running = not course.paused_at and not course.closed_at
    over = course.began_at + timedelta(seconds=planned - course.spent[index])
    return Where(
        at=at,
        stop=course.stop,
        next=course.stops[index + 1] if index + 1 < len(course.stops) else None,
        until=over if running else None,
        planned=planned,
        remaining=planned - spent_here(course, at),
        wait=max(0, int((course.began_at - at).total_seconds())) if running else 0,
        pace=pace(course, at=at),
        running=running,
        paused=bool(course.paused_at),
        closed=bool(course.closed_at),
    )


def turn(course: Course) -> str:
    """Who speaks: each, presenter, questioners, others, everyone, controls or nobody."""
    if course.asking and not course.closed_at:
        return "everyone"
    return "nobody" if course.paused_at or course.closed_at else part(course).speaks


def learning_question(course: Course) -> str:
    """What the set is asked in a pause for learning, '' while there is none."""
    return "" if course.closed_at else learning_questions().get(course.asking, "")


def steps_in(course: Course, *, hand: Hand) -> bool:
    """Whether this seat may pause for learning now: it leads, or coaches where there is a coach."""
    may = hand.controls or (hand.facilitator and course.follows.coach)
    return may and not course.closed_at and not (course.paused_at and not course.asking)


def asked(course: Course, *, hand: Hand) -> str:
    """What is asked of this seat now, in a sentence or two."""
    if course.closed_at:
        return "Thank you for coming."
    if question := learning_question(course):
        return question
    if course.paused_at:
        may = hand.controls or (hand.presenter and course.round)
        return f"A pause. Nobody needs to say why.{' Go on, take a break, or stop.' if may else ''}"
    guidance = part(course).guidance
    if hand.presenter and "presenter" in guidance:
        return guidance["presenter"]
    return guidance.get("everyone", "")


def prompt(course: Course) -> str:
    """What helps whoever leads just now, '' in a pause and at the end."""
    if course.paused_at or course.closed_at:
        return ""
    return prompt_for(part(course), course.stop)


def waits(course: Course) -> bool:
    """Whether the meeting stands still, and goes on with the same: a pause, or *break now*."""
    return bool(course.paused_at) or course.stop.step == "break-now"


def asks(course: Course) -> bool:
    """Whether this is a stage of questions to the presenter, which can be asked in silence."""
    here = part(course)
    return "question" in here.writes and here.speaks in ("questioners", "everyone")


def clarifies(course: Course) -> bool:
    """Whether this is the stage for questions of fact: one with the key `clarify`."""
    return part(course).key == "clarify"


def offers_freely(course: Course) -> bool:
    """Whether everybody may offer options now: this stage is the others' to speak in."""
    here = part(course)
    return "option" in here.writes and here.speaks != "presenter"


def writes_somewhere(course: Course, what: str) -> bool:
    """Whether some stage of the protocol's rounds lets `what` be written."""
    step = course.follows.round
    return step is not None and any(what in stage.writes for stage in step.stages)


def moves_on_from(what: str, before: Course, after: Course) -> bool:
    """Whether the round has gone on from a stage in which `what` is written to a later one."""
    return (
        after.position > before.position
        and after.stop.round is not None
        and after.stop.round == before.stop.round
        and what in part(before).writes
        and what not in part(after).writes
    )


def may_write(course: Course, what: str, *, recording: bool = False) -> bool:
    """Whether it is time for `what`, whoever writes it; a recording takes everything until closed."""
    if course.closed_at or course.paused_at:
        return False
    return recording or what in part(course).writes
