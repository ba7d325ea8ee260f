"""Real dates from a rhythm: *every six weeks on a Tuesday or Thursday morning, not in August*. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

DAY, WEEK = timedelta(days=1), timedelta(days=7)
Cause = Literal["holiday", "month", "taken", "clock"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a set meets. `days` are weekdays (Monday is 0), `months_out` are numbers of months.

    `times` are by the clock on the wall of the place: several mean that each is offered.
    """

    weeks: int
    days: frozenset[int]
    times: tuple[time, ...]
    first: date
    count: int
    months_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day that the rhythm would have had, and why it is not offered; `name` is the holiday's.

    `taken`: the set meets then already. `clock`: the clocks go forward over every time of the day.
    """

    day: date
    why: Cause
    name: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting of the rhythm: the moments to choose from, in UTC, and what was left out.

    `elsewhere` where its week had no day left, so that the weeks beside it are offered. `put_off`
    where those had none either: it waited for the next week that had one, and the rhythm goes on
    from there.
    """

    number: int
    starts: tuple[datetime, ...]
    left_out: tuple[LeftOut, ...] = ()
    elsewhere: bool = False
    put_off: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """What days there are: the place's zone, its public holidays by name, the set's other days."""

    zone: ZoneInfo
    holidays: Mapping[date, str] = field(default_factory=dict)
    taken: Collection[date] = ()


def occurrences(rhythm: Rhythm, calendar: Calendar, *, until: datetime) -> list[Occurrence]:
    """The rhythm's meetings, each with its moments, soonest first; fewer where `until` comes first.

    A week whose days are all public holidays offers the weeks before and after it. Every moment of
    a meeting comes after every moment of the meeting before it, so that any choice keeps the order.
    """
    found: list[Occurrence] = []
    left_out: list[LeftOut] = []
    put_off = False
    week = _monday(rhythm.first)
    if not _days(rhythm, week):
        week += WEEK  # this week's days are over already
    last = rhythm.first - DAY
    end = until.astimezone(calendar.zone).date()
    while len(found) < rhythm.count and week <= end:
        free, out = _sorted(rhythm, _days(rhythm, week), calendar, last)
        left_out += out
        elsewhere = not free and rhythm.weeks > 1 and any(each.why != "month" for each in out)
        if elsewhere:
            beside = _days(rhythm, week - WEEK) + _days(rhythm, week + WEEK)
            free, _ = _sorted(rhythm, beside, calendar, last)
        starts = _moments(rhythm.times, free, calendar.zone, until)
        if not starts:
            put_off, week = True, week + WEEK
            continue
        found.append(Occurrence(len(found) + 1, starts, tuple(left_out), elsewhere, put_off))
        last, left_out, put_off = free[-1], [], False
        week += WEEK * rhythm.weeks
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days(rhythm: Rhythm, monday: date) -> list[date]:
    """The rhythm's days of that week, but those before it begins."""
    days = [monday + timedelta(days=weekday) for weekday in sorted(rhythm.days)]
    return [day for day in days if day >= rhythm.first]


def _sorted(
    rhythm: Rhythm, days: Collection[date], calendar: Calendar, last: date
) -> tuple[list[date], list[LeftOut]]:
    """Of these days those after `last` that can be offered, and those that cannot, each with why."""
    free, out = [], []
    for day in days:
        if day.month in rhythm.months_out:
            out.append(LeftOut(day, "month"))
        elif day in calendar.holidays:
            out.append(LeftOut(day, "holiday", calendar.holidays[day]))
        elif day in calendar.taken:
            out.append(LeftOut(day, "taken"))
        elif not any(_exists(day, at, calendar.zone) for at in rhythm.times):
            out.append(LeftOut(day, "clock"))
        elif day > last:
            free.append(day)
    return free, out


def _exists(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether clocks there show that time on that day: not where they go forward over it."""
    local = datetime.combine(day, at, zone)
    back = local.astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None, fold=0) == local.replace(tzinfo=None, fold=0)


def _moments(
    times: tuple[time, ...], days: list[date], zone: ZoneInfo, until: datetime
) -> tuple[datetime, ...]:
    """Those times on those days, by the clock of the place, whatever its offset is on each."""
    local = [
        datetime.combine(day, at, zone) for day in days for at in times if _exists(day, at, zone)
    ]
    return tuple(sorted(each.astimezone(UTC) for each in local if each <= until))
