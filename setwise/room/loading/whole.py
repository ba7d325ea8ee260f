from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from setwise.protocols.reading import where
from setwise.room import holding
from setwise.room.loading.people import people_of
from setwise.room.loading.words import words_of
from setwise.room.models import Room
from setwise.room.snapshot import Here, Snapshot, Words

WORDS = tuple(field.name for field in fields(Words))


def load(room: Room, *, at: datetime) -> Snapshot:
    """Everything of the room, words included: to be narrowed by `standing.visible` before a reader."""
    return compose(room, people_of(room, at=at), words_of(room), at=at)


def compose(room: Room, people: tuple[Here, ...], words: Words, *, at: datetime) -> Snapshot:
    """A snapshot of parts that were read before; asks the database nothing."""
    people = tuple(each for each in (p.at(at) for p in people) if each)
    course = room.course
    names = {number: name for number, _, name in words.presenters}
    return Snapshot(
        room=room.id,
        meeting=room.meeting_id,
        learning_set=room.meeting.learning_set_id,
        version=room.version,
        chair=room.chair_id,
        **_held(room, {each.id: each for each in people}, at),
        recording=room.recording,
        remote=bool(room.meeting.link) or not room.meeting.place,
        closed_itself=room.closed_itself,
        own_protocols=tuple((key, label) for key, label in room.meeting.learning_set.own_protocols),
        course=course,
        where=where(course, at=at),
        agenda=tuple(
            (
                replace(stop, minutes=course.planned(i) // 60),
                "past" if i < course.position else "now" if i == course.position else "ahead",
                names.get(stop.round or 0, ""),
            )
            for i, stop in enumerate(course.stops)
        ),
        people=people,
        **{name: getattr(words, name) for name in WORDS},
    )


def _held(room: Room, people: dict[UUID, Here], at: datetime) -> dict[str, Any]:
    """Who holds the controls, and how they came to."""
    holder = people.get(room.chair_id) if room.chair_id else None
    before = people.get(room.chair_before_id) if room.chair_before_id else None
    since = room.chair_since or room.opened_at
    name, how = holder.name if holder else "", room.chair_how
    return {
        "chair_name": name,
        "chair_gone": holding.is_gone(holder, since=since, at=at),
        "chair_before": room.chair_before_id,
        "chair_how": how,
        "day_chair": room.meeting.chair_id,
        "news": holding.told(
            how, name, before.name if before else "", since=room.chair_since, at=at
        ),
    }
