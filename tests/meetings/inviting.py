"""Meetings never saved, as files, and the files read by `vobject`, which is not ours."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import vobject

from setwise.meetings import calendar
from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.sets.models import LearningSet
from tests.meetings.planning import AT

READER = Person(email="tomasz@setwise.example", name="Tomasz Nowak", zone="Asia/Kathmandu")
ORIGIN = "http://localhost:8000"
ADDRESS = "answers+2b7qk4@setwise.example"


def meeting(**changed: Any) -> Meeting:
    values = {
        "learning_set": LearningSet(name="The Ridge set"),
        "zone": "Europe/London",
        "place": "Seminar room 2",
        "link": "https://meet.example/our-set",
        "title": "Third meeting",
        "arranged_at": AT,
    }
    row = Meeting(
        **values | {k: v for k, v in changed.items() if k not in ("starts_at", "minutes")}
    )
    row.set_time(changed.get("starts_at", datetime(2027, 2, 9, 14, tzinfo=UTC)), 90)
    return row


def asked(row: Meeting, *, answer: str = "", reply_to: str = ADDRESS) -> bytes:
    part = calendar.request(row, READER, answer=answer, reply_to=reply_to, at=AT)
    assert part.method == "REQUEST"
    return part.ics


def read(ics: bytes) -> Any:
    return vobject.readOne(ics.decode())


def event(ics: bytes) -> Any:
    return read(ics).vevent
