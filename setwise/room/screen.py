"""The big screen: what a projector may show. It is made of the clock's facts and never of words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.conf import settings
from django.urls import reverse

from setwise.meetings.models import Meeting
from setwise.protocols import reading
from setwise.protocols.course import Course
from setwise.protocols.engine import Hand
from setwise.protocols.reading import Where
from setwise.room.entering import current_round
from setwise.room.models import Room
from setwise.room.snapshot import Snapshot

NOBODY_YET = "Nobody presents yet. Settle it among yourselves; then it is one press."


@dataclass(frozen=True, slots=True)
class Screen:
    """All that a big screen is given: where the meeting is, and two names."""

    course: Course
    where: Where
    recording: bool
    presenter: str  # of the round under way; both, where two share the issue
    shared: bool
    chair: str
    silent: bool = False  # everyone writes questions, and the presenter opens them

    @classmethod
    def of(cls, seen: Snapshot) -> Self:
        """From a snapshot, of which it takes no word."""
        presenter = seen.round.presenter_name if seen.round else ""
        shared = bool(seen.round and seen.round.shared_with)
        return cls(
            seen.course,
            seen.where,
            seen.recording,
            presenter,
            shared,
            seen.chair_name,
            in_silence(seen),
        )

    @classmethod
    def read(cls, room: Room, *, at: datetime) -> Self:
        """From the rows, of which no sealed word is opened."""
        current = current_round(room)
        course = room.course
        return cls(
            course,
            reading.where(course, at=at),
            room.recording,
            current.names if current else "",
            bool(current and current.shared_with_id),
            room.chair.name if room.chair else "",
            bool(current and current.silent and _asks(course)),
        )

    def given(self) -> dict[str, object]:
        """What its region is rendered from."""
        course = self.course
        return {
            "where": self.where,
            "recording": self.recording,
            "learning": bool(course.asking),
            "speaks": speaks(
                course,
                presenter=self.presenter,
                shared=self.shared,
                chair=self.chair,
                silent=self.silent,
            ),
            "guidance": written_until(self.presenter)
            if self.silent
            else guidance(course, presents=bool(self.presenter)),
            "number": course.round or 0,
            "advice": course.follows.advice,
            "third": getattr(reading.part(course), "number", 0),
        }


def in_silence(seen: Snapshot) -> bool:
    """Whether everyone writes questions just now, and the presenter opens them."""
    return seen.round is not None and seen.round.silent and _asks(seen.course)


def _asks(course: Course) -> bool:
    return reading.asks(course) and not course.paused_at and not course.closed_at


def written_until(presenter: str) -> str:
    """What is asked of everybody in a silent round."""
    return f"Write your questions. Nobody reads one until it is opened by {presenter}."


def speaks(
    course: Course, *, presenter: str, shared: bool, chair: str, silent: bool = False
) -> str:
    """Whose turn it is, in a word or two, for everybody alike; `shared`: two present."""
    if silent:
        return "Everyone writes."
    does, is_ = ("speak", "are") if shared else ("speaks", "is")
    words = {
        "each": "Each in turn.",
        "everyone": "Everyone.",
        "presenter": f"{presenter} {does}." if presenter else "Nobody presents yet.",
        "questioners": f"Questions to {presenter}." if presenter else "Nobody presents yet.",
        "others": f"The others speak, {presenter} {is_} silent."
        if presenter
        else "Nobody presents yet.",
        "controls": f"{chair} speaks.",
    }
    return words.get(reading.turn(course), "")


def whose_turn(seen: Snapshot) -> str:
    """The same, of a room that was read."""
    current = seen.round
    return speaks(
        seen.course,
        presenter=current.presenter_name if current else "",
        shared=bool(current and current.shared_with),
        chair=seen.chair_name,
        silent=in_silence(seen),
    )


def guidance(course: Course, *, presents: bool) -> str:
    """What is asked of everybody now."""
    if course.stop.round and not presents and not course.paused_at and not course.closed_at:
        return NOBODY_YET
    return reading.asked(course, hand=Hand())


def address(meeting: Meeting) -> str:
    """Where a phone joins: the room's door, for whoever has a seat. It carries no secret."""
    return settings.SETWISE_ORIGIN + reverse("room:room", args=[meeting.pk])
