"""Polls for tests that care about one thing in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from setwise.meetings import polling
from setwise.meetings.models import Poll
from setwise.meetings.polling import Proposal, Where
from setwise.sets.seats import Seat


def days_on(at: datetime, days: int, hour: int = 12) -> datetime:
    """At `hour` in UTC, so many days after `at`."""
    return (at.astimezone(UTC) + timedelta(days=days)).replace(
        hour=hour, minute=0, second=0, microsecond=0
    )


def proposal(at: datetime, **changed: Any) -> Proposal:
    """Three dates a fortnight on, in London, to be answered within a week; but for what is named."""
    values: dict[str, Any] = {
        "dates": tuple(days_on(at, days) for days in (14, 15, 16)),
        "places": (Where(place="Seminar room 2"),),
        "minutes": 120,
        "zone": "Europe/London",
        "closes_at": at + timedelta(days=7),
    }
    return Proposal(**values | changed)


def opened(seat: Seat, *, at: datetime, **changed: Any) -> Poll:
    return polling.open_poll(seat, proposal=proposal(at, **changed), at=at)


def to_all(poll: Poll, answer: str, **others: str) -> dict[UUID, str]:
    """This answer to every date and place; `first="no"` another one to the earliest date."""
    dates = list(poll.dates.order_by("starts_at"))
    given = {row.pk: answer for row in (*dates, *poll.places.all())}
    places = {name: dates[number].pk for number, name in enumerate(("first", "second"))}
    return given | {places[name]: value for name, value in others.items()}
