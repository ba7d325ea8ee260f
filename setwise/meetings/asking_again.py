"""When a poll asks again who has not answered: half-way, and a day before it closes. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

APART = timedelta(hours=12)  # nobody is asked sooner than this after the last time
LAST = timedelta(days=1)  # before the deadline


def first(*, opened_at: datetime, closes_at: datetime) -> datetime | None:
    """Half-way to the deadline; None for a poll too short to ask anybody twice."""
    half = opened_at + (closes_at - opened_at) / 2
    return half if half - opened_at >= APART else None


def second(*, asked_at: datetime, closes_at: datetime) -> datetime | None:
    """A day before the deadline; None where that is over, or too soon after the first time."""
    last = closes_at - LAST
    return last if last - asked_at >= APART else None
