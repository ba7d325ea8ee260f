"""A zone's clock changes as VTIMEZONE tells them (RFC 5545, 3.6.5), so that no reader needs tables.

Times of a component are those of the clock before the change, as the RFC has it. Where the changes of
five years follow one rule (*the last Sunday of March*), that is written: Outlook reads nothing else.
Otherwise each change stands for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

STEP = timedelta(days=5)  # no zone changes its clocks twice in less
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK, LAST_WEEK = timedelta(days=7), -1
BEFORE, AFTER = 1, 3  # years told besides those of the meetings themselves


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks of a place change at `at`, as they stood before, from one offset to another."""

    at: datetime  # naive
    was: timedelta
    now: timedelta
    name: str

    @property
    def weeks(self) -> set[int]:
        """Which Sunday of its month it is, if it is one: the second, and perhaps the last."""
        last = {LAST_WEEK} if (self.at + WEEK).month != self.at.month else set()
        return {(self.at.day - 1) // 7 + 1} | last


def vtimezone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The rules of `zone` for meetings from `first` to `last`, both aware."""
    component = Timezone()
    component.add("tzid", zone.key)
    for part in _told(zone, first.year - BEFORE, last.year + AFTER):
        component.add_component(part)
    return component


@lru_cache(maxsize=256)
def _told(zone: ZoneInfo, first: int, last: int) -> tuple[TimezoneStandard | TimezoneDaylight, ...]:
    found = _changes(zone, datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC))
    by_rule = _by_rule(found, last - first + 1)
    if by_rule:
        return tuple(_component(change, rule) for change, rule in by_rule)
    begin = datetime(first, 1, 1, tzinfo=zone)
    offset = begin.utcoffset() or timedelta()
    start = Change(begin.replace(tzinfo=None), offset, offset, begin.tzname() or zone.key)
    return tuple(_component(change) for change in (start, *found))


def _changes(zone: ZoneInfo, since: datetime, until: datetime) -> list[Change]:
    found, looks = [], range(int((until - since) / STEP) + 2)
    for early, late in pairwise(min(since + STEP * look, until) for look in looks):
        was, now = _offset(zone, early), _offset(zone, late)
        if was != now:
            at = _moment(zone, early, late)
            found.append(Change((at + was).replace(tzinfo=None), was, now, _name(zone, at)))
    return found


def _moment(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """The second of the change, by halving."""
    was = _offset(zone, early)
    while late - early > timedelta(seconds=1):
        middle = (early + (late - early) / 2).replace(microsecond=0)
        early, late = (middle, late) if _offset(zone, middle) == was else (early, middle)
    return late


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _name(zone: ZoneInfo, at: datetime) -> str:
    return at.astimezone(zone).tzname() or zone.key


def _by_rule(found: list[Change], years: int) -> list[tuple[Change, dict[str, object]]]:
    """The two changes of a year with their yearly rules; nothing where there are no such."""
    forward = [change for change in found if change.now > change.was]
    back = [change for change in found if change.now < change.was]
    told = [(each[0], rule) for each in (forward, back) if each and (rule := _rule(each, years))]
    return told if len(told) == len(("forward", "back")) else []


def _rule(changes: list[Change], years: int) -> dict[str, object] | None:
    first = changes[0]
    alike = {(c.at.month, c.at.weekday(), c.at.time(), c.was, c.now) for c in changes}
    weeks = set.intersection(*(change.weeks for change in changes))
    if len(changes) != years or len({c.at.year for c in changes}) != years or len(alike) != 1:
        return None
    if not weeks:
        return None
    day = f"{min(weeks)}{DAYS[first.at.weekday()]}"  # the last rather than the fourth
    return {"freq": "yearly", "bymonth": first.at.month, "byday": day}


def _component(
    change: Change, rule: dict[str, object] | None = None
) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.now > change.was else TimezoneStandard()
    part.add("dtstart", change.at)
    part.add("tzoffsetfrom", change.was)
    part.add("tzoffsetto", change.now)
    part.add("tzname", change.name)
    if rule:
        part.add("rrule", rule)
    return part
