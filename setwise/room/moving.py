"""Moving through the meeting. Nothing advances by itself."""

from __future__ import annotations

from datetime import datetime

from setwise.protocols import commands, engine
from setwise.protocols.course import Course
from setwise.protocols.reading import moves_on_from
from setwise.room import air_time, attending, chairing, checking_in, framing, hand_raising
from setwise.room.entering import Entry, touch
from setwise.room.models import Room, Round


def move(entry: Entry, command: commands.Command, *, at: datetime) -> None:
    """Carry out a command of the engine. Raises engine.Refused with a sentence to show.

    At a new stop latecomers enter and raised hands are down; a round begins or ends, and with it
    its words appear, or leave other people's screens.
    """
    entry.must_be_entered()
    room, before = entry.room, entry.room.course
    after = engine.apply(before, command, at=at, hand=entry.hand())
    room.course = after
    if after.position != before.position:
        checking_in.enter_waiting(room, at=at)
        _turn_rounds(room, at)
        if moves_on_from("problem", before, after):
            framing.open_written(Round.objects.filter(room=room, number=after.round or 0), at=at)
        chairing.turn(room, begins=after.round != before.round, at=at)
    if after.position != before.position or after.closed_at:
        hand_raising.all_down(room)
    if isinstance(command, commands.Today | commands.WithoutRounds):
        air_time.release(Round.objects.filter(room=room, number__gt=after.rounds))
    only_time = _place(after) == _place(before)
    touch(room, people=not only_time, words=not only_time, course_json=room.course_json)


def _place(course: Course) -> tuple[object, ...]:
    return course.moves, course.stops, course.closed_at


def _turn_rounds(room: Room, at: datetime) -> None:
    number = room.course.round
    Round.objects.filter(room=room, ended_at=None).exclude(started_at=None).exclude(
        number=number or 0
    ).update(ended_at=at)
    if number:
        begun = Round.objects.filter(room=room, number=number)
        for row in begun.filter(started_at=None).select_related("room"):
            attending.note_who_is_here(row)
        begun.filter(started_at=None).update(started_at=at)
        begun.update(ended_at=None)
