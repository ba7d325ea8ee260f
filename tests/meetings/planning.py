"""When and where, for tests that care about one of the two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from setwise.meetings.scheduling import Plan

AT = datetime(2027, 1, 12, 9, tzinfo=UTC)  # when the meeting is fixed, moved, answered

# Tuesday 9 February 2027, 14:00 in London
PLAN = Plan(
    starts_at=datetime(2027, 2, 9, 14, tzinfo=UTC),
    zone="Europe/London",
    minutes=90,
    title="Third meeting",
    place="Seminar room 2",
    link="https://meet.example/our-set",
)


def plan(**changed: Any) -> Plan:
    """`PLAN`, but for what is named."""
    values = {name: getattr(PLAN, name) for name in Plan.__slots__}
    return Plan(**values | changed)


def typed(**changed: str) -> dict[str, str]:
    """What somebody types to fix a meeting in a week from now, but for what is named."""
    day = timezone.now().date() + timedelta(days=7)
    return {
        "date": day.isoformat(),
        "time": "14:00",
        "zone": "Europe/London",
        "minutes": "90",
        "place": "Seminar room 2",
        "link": "https://meet.example/our-set",
        "title": "Third meeting",
    } | changed
