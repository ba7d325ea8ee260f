"""When a poll asks again who has not answered: half-way, and a day before it closes. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

SOONEST = timedelta(hours=12)  # after the poll was opened
APART = timedelta(days=1)  # between the two: a night may put the first off
LAST = timedelta(days=1)  # before the deadline


def moments(*, opened_at: datetime, closes_at: datetime) -> list[datetime]:
    """When, at most twice; a poll that is open for a few days asks once, for hours only never."""
    half = opened_at + (closes_at - opened_at) / 2
    if half - opened_at < SOONEST:
        return []
    last = closes_at - LAST
    return [half, last] if last - half >= APART else [half]
