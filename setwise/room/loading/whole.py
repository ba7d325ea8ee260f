from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from setwise.protocols.agenda import Stop
from setwise.protocols.course import Course
from setwise.protocols.reading import where
from setwise.room import holding
from setwise.room.loading.now import RoomNow
from setwise.room.loading.people import people_of
from setwise.room.loading.words import words_of
from setwise.room.models import Room
from setwise.room.snapshot import WORDS, Here, Snapshot, Words


def load(room: Room, *, at: datetime) -> Snapshot:
    """Everything of the room, words included: to be narrowed by `standing.visible` before a reader."""
    return compose(RoomNow.of(room), people_of(room, at=at), words_of(room), at=at)


def compose(room: RoomNow, people: tuple[Here, ...], words: Words, *, at: datetime) -> Snapshot:
    """A snapshot of parts that were read before; asks the database nothing."""
    people = tuple(each for each in (p.at(at) for p in people) if each)
    course = room.course
    return Snapshot(
        room=room.id,
        meeting=room.meeting,
        learning_set=room.learning_set,
        version=room.version,
        chair=room.chair,
        **_held(room, people, at),
        recording=room.recording,
        remote=room.remote,
        closed_itself=room.closed_itself,
        own_protocols=room.own_protocols,
        course=course,
        where=where(course, at=at),
        agenda=_agenda(course, tuple((number, name) for number, _, name in words.presenters)),
        people=people,
        **{name: getattr(words, name) for name in WORDS},
    )


def _agenda(
    course: Course, names: tuple[tuple[int, str], ...]
) -> tuple[tuple[Stop, str, str], ...]:
    presents = dict(names)
    return tuple(
        (
            _planned(stop, course.planned(i) // 60),
            "past" if i < course.position else "now" if i == course.position else "ahead",
            presents.get(stop.round or 0, ""),
        )
        for i, stop in enumerate(course.stops)
    )


@lru_cache(maxsize=4096)
def _planned(stop: Stop, minutes: int) -> Stop:
    return replace(stop, minutes=minutes)


def _held(room: RoomNow, people: tuple[Here, ...], at: datetime) -> dict[str, Any]:
    """Who holds the controls, and how they came to."""
    holder, before = _one(people, room.chair), _one(people, room.chair_before)
    since = room.chair_since or room.opened_at
    name, how = holder.name if holder else "", room.chair_how
    return {
        "chair_name": name,
        "chair_gone": holding.is_gone(holder, since=since, at=at),
        "chair_before": room.chair_before,
        "chair_how": how,
        "day_chair": room.day_chair,
        "news": holding.told(
            how, name, before.name if before else "", since=room.chair_since, at=at
        ),
    }


def _one(people: tuple[Here, ...], person: UUID | None) -> Here | None:
    return next((each for each in people if each.id == person), None) if person else None
