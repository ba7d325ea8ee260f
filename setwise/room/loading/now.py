from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from setwise.protocols.course import Course
from setwise.room.models import Room

COLUMNS = (
    *("id", "meeting_id", "meeting__learning_set_id"),
    *("version", "people_version", "words_version", "meeting__learning_set__seats_version"),
    *("course_json", "chair_id", "chair_how", "chair_since", "chair_before_id", "opened_at"),
    *("recording", "closed_itself", "meeting__chair_id", "meeting__link", "meeting__place"),
    "meeting__learning_set__own_protocols",
)


@dataclass(frozen=True, slots=True)
class RoomNow:
    """A room as its row has it, and what its meeting and set say of it: the fields of `COLUMNS`."""

    id: UUID
    meeting: UUID
    learning_set: UUID
    version: int
    people_version: int
    words_version: int
    seats_version: int
    course: Course
    chair: UUID | None
    chair_how: str
    chair_since: datetime | None
    chair_before: UUID | None
    opened_at: datetime
    recording: bool
    closed_itself: bool
    day_chair: UUID | None
    remote: bool
    own_protocols: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, room: Room) -> Self:
        """From a room that was read with its meeting and its set."""
        meeting, learning_set = room.meeting, room.meeting.learning_set
        return cls.read(
            (
                *(room.id, meeting.id, learning_set.id),
                *(room.version, room.people_version, room.words_version),
                *(learning_set.seats_version, room.course_json, room.chair_id, room.chair_how),
                *(room.chair_since, room.chair_before_id, room.opened_at, room.recording),
                *(room.closed_itself, meeting.chair_id, meeting.link, meeting.place),
                learning_set.own_protocols,
            )
        )

    @classmethod
    def read(cls, row: Any) -> Self:
        """From the values of `COLUMNS`, in their order."""
        *facts, link, place, own = row
        facts[7] = Course.from_json(facts[7])
        facts += [bool(link) or not place, tuple((key, label) for key, label in own)]
        return cls(*facts)
