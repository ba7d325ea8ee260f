"""A set's dates as its people see them: a meeting that was closed early is over."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from setwise.meetings import rotating
from setwise.meetings.models import Meeting
from setwise.meetings.rotating import Turn
from setwise.people.models import Person


def coming(person: Person, *, at: datetime) -> QuerySet[Meeting]:
    """The meetings still to come or under way, soonest first."""
    return Meeting.objects.visible_to(person).coming(at=at).filter(room__closed_at=None)


def with_chairs(meetings: QuerySet[Meeting], *, at: datetime) -> list[tuple[Meeting, Turn | None]]:
    """These meetings, each with whoever chairs it where nobody facilitates."""
    rows = list(meetings)
    turns = rotating.chairs(rows, at=at)
    return [(row, turns.get(row.id)) for row in rows]


def held(person: Person, *, at: datetime) -> QuerySet[Meeting]:
    """The meetings that are over, the last first."""
    over = Q(ends_at__lte=at) | Q(room__closed_at__isnull=False)
    return Meeting.objects.visible_to(person).filter(over, cancelled_at=None).order_by("-starts_at")
