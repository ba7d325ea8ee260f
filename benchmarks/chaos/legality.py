"""What holds of a room at any moment, whatever was done in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from setwise.protocols import commands, engine, reading
from setwise.protocols.course import Course
from setwise.room.models import CheckIn, Room, Round
from setwise.sets.models import Membership


def faults(room: Room) -> list[str]:
    """Every state of this room that its rules exclude, in a sentence."""
    try:
        course = room.course
    except (KeyError, TypeError, ValueError) as error:
        return [f"Room {room.pk}: its course cannot be read ({type(error).__name__})."]
    found = [*of_course(course), *_of_people(room)]
    if 0 <= course.position < len(course.stops):
        found += _of_rounds(room, course)
    return [f"Room {room.meeting_id}: {each}" for each in found]


def of_course(course: Course) -> Iterator[str]:
    """The engine's own invariants, and that the engine can go on from here."""
    if not 0 <= course.position < len(course.stops):
        yield "it is at none of its stops."
        return
    if not len(course.stops) == len(course.added) == len(course.spent):
        yield "its stops and their times do not belong together."
        return
    if any(spent < 0 for spent in course.spent) or any(stop.minutes < 1 for stop in course.stops):
        yield "a stop has taken, or may take, no time at all."
    rounds = [stop.round for stop in course.stops if stop.round]
    if rounds != sorted(rounds):
        yield "a round comes before one that it follows."
    if course.asking and not course.paused_at:
        yield "it asks the set how it works, and its clock runs."
    if Course.from_json(course.to_json()) != course:
        yield "its course is not what was written down."
    yield from _of_engine(course)


def _of_engine(course: Course) -> Iterator[str]:
    hand = engine.Hand(controls=True, presenter=True, facilitator=True)
    now = datetime.now(UTC)
    for command in (
        commands.Next(course.moves),
        commands.Back(course.moves),
        commands.Pause(),
        commands.Resume(),
        commands.Close(),
    ):
        try:
            reading.where(engine.apply(course, command, at=now, hand=hand), at=now)
        except engine.Refused:
            continue
        except Exception as error:  # noqa: BLE001 - whatever it is, the room is stuck
            yield f"{type(command).__name__} raises {type(error).__name__}."


def _of_rounds(room: Room, course: Course) -> Iterator[str]:
    rows = list(Round.objects.filter(room=room))
    if [row.number for row in rows] != list(range(1, len(rows) + 1)):
        yield "its rounds are not numbered one after the other."
    if len({row.presenter_id for row in rows}) < len(rows):
        yield "somebody presents twice."
    for row in rows:
        runs = bool(row.started_at and not row.ended_at)
        if runs != (row.number == course.round and not room.closed_at):
            yield f"round {row.number} {'runs' if runs else 'does not run'} in {course.stop.id}."
        if not row.started_at and (row.questions.exists() or row.options.exists()):
            yield f"round {row.number} has questions before it began."


def _of_people(room: Room) -> Iterator[str]:
    seats = Membership.objects.filter(learning_set=room.meeting.learning_set_id)
    belong = set(seats.values_list("person", flat=True))
    inside = CheckIn.objects.filter(room=room).exclude(entered_at=None)
    people = dict(inside.values_list("person", "admitted_at"))
    if not set(people) <= belong:
        yield "somebody entered who never had a seat."
    if None in people.values():
        yield "somebody entered whom nobody checked in."
    if room.chair_id not in people:
        yield "whoever holds the controls never entered."
