"""The hours at which a reminder may leave where its reader is: seven until nine at night. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from setwise.ui import zones

MORNING, NIGHT = time(7), time(21)


def is_day(zone: str, at: datetime) -> bool:
    return MORNING <= at.astimezone(zones.zone(zone)).time() < NIGHT


def by_day(zone: str, at: datetime) -> datetime:
    """`at`, or the morning that follows where it is night in that zone."""
    if is_day(zone, at):
        return at
    local = at.astimezone(zones.zone(zone))
    day = local.date() + timedelta(days=local.time() >= NIGHT)
    return datetime.combine(day, MORNING, tzinfo=local.tzinfo)
