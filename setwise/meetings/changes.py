"""What is new about a meeting that was moved, as its readers are told it."""

from __future__ import annotations

from dataclasses import dataclass

from setwise.meetings.models import Meeting
from setwise.ui import zones
from setwise.ui.templatetags.ui import when


@dataclass(frozen=True, slots=True)
class Change:
    what: str
    was: str
    now: str


def between(was: Meeting, now: Meeting, *, zone: str) -> list[Change]:
    """What differs, in words; the times in the reader's `zone`."""
    words = [
        Change("Time", when(was.starts_at, zone), when(now.starts_at, zone)),
        Change("Length", f"{was.minutes} minutes", f"{now.minutes} minutes"),
        Change("Place", was.place or "none", now.place or "none"),
        Change("Link", was.link or "none", now.link or "none"),
        Change("Time zone of the place", zones.called(was.zone), zones.called(now.zone)),
        Change("Title", was.title or "none", now.title or "none"),
    ]
    return [change for change in words if change.was != change.now]


def asks_again(was: Meeting, now: Meeting) -> bool:
    """A new time: whoever said yes to the old one is asked again."""
    return (was.starts_at, was.minutes) != (now.starts_at, now.minutes)
