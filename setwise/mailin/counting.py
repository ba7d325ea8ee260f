"""What came in, counted by its kind; there is nothing else to see of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from setwise.mailin.models import KINDS, Arrival

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    week: int
    month: int


@dataclass(frozen=True, slots=True)
class Counts:
    """`rows` are those kinds that came at all; `waiting` could not be taken in yet."""

    rows: list[Row]
    waiting: int
    last: datetime | None


def counts(*, at: datetime) -> Counts:
    """The last seven and thirty days, in two queries however much came."""
    arrivals = Arrival.objects.filter(came_at__gt=at - MONTH)
    in_week = Q(came_at__gt=at - WEEK)
    handled = arrivals.filter(handled_at__isnull=False)
    found = handled.values_list("kind").annotate(
        week=Count("id", filter=in_week), month=Count("id")
    )
    by_kind = {kind: (week, month) for kind, week, month in found}
    rows = [Row(label, *by_kind[kind]) for kind, label in KINDS if kind in by_kind]
    waiting = Count("id", filter=Q(handled_at=None))
    rest = Arrival.objects.aggregate(waiting=waiting, last=Max("came_at"))
    return Counts(rows, rest["waiting"], rest["last"])
