"""A date and a time as people type them, at the place: when that is, and whether it can be."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

from setwise.meetings.refusing import Refusal

FARTHEST = timedelta(days=366 * 3)
OVER = "That day is over. Choose one still to come."
CLOSED = "Your set closes before that day. Choose an earlier one, or keep the set on."
TOO_FAR = "That is more than three years away. Is the year right?"
NO_SUCH_TIME = "The clocks go forward then, so this time does not exist."


def moment(
    day: date, clock: time, zone: str, *, at: datetime, until: datetime | None = None
) -> datetime:
    """The moment in UTC at which clocks in `zone` show this; the first one where they show it twice.

    Raises Refusal, beside `date` or `time`, for a time that the clocks leave out, a day that is over
    (since yesterday: where it is still today is not asked), one years away, and one after `until`,
    when the set closes.
    """
    days = (day - at.date()).days
    if abs(days) > FARTHEST.days + 2:  # first: the first and last days have no time in UTC
        raise Refusal("date", TOO_FAR if days > 0 else OVER)
    local = datetime.combine(day, clock, zoneinfo.ZoneInfo(zone))
    found = local.astimezone(UTC)
    if found.astimezone(local.tzinfo).replace(fold=0) != local.replace(fold=0):
        raise Refusal("time", NO_SUCH_TIME)
    if found < at - timedelta(days=1):
        raise Refusal("date", OVER)
    if found > at + FARTHEST:
        raise Refusal("date", TOO_FAR)
    if until and found > until:
        raise Refusal("date", CLOSED)
    return found
