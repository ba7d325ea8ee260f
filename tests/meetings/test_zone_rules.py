"""A zone's rules in a calendar file, read by the file alone as `dateutil` reads it."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from dateutil.tz import tzical

from setwise.meetings.zone_rules import vtimezone
from setwise.ui import zones

pytestmark = pytest.mark.pure
ODD = (
    *("Europe/London", "Europe/Dublin", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca"),
    *("Australia/Lord_Howe", "Asia/Jerusalem", "America/Santiago", "Africa/Cairo", "Pacific/Apia"),
    *("Asia/Gaza", "America/Nuuk", "Antarctica/Troll", "Pacific/Chatham", "Asia/Kolkata"),
)


def written(name: str, year: int, until: int | None = None) -> str:
    first, last = (datetime(each, 7, 1, tzinfo=UTC) for each in (year, until or year))
    component = vtimezone(zoneinfo.ZoneInfo(name), first, last)
    return str(component.to_ical(), "utf-8")


def differing(name: str, year: int) -> list[datetime]:
    """The hours of the year that the file puts elsewhere than the zone does."""
    zone, read = zoneinfo.ZoneInfo(name), tzical(StringIO(written(name, year))).get()
    found = []
    for moment in moments(zone, year):
        local = moment.astimezone(zone)
        if local.fold or local.year != year:
            continue  # told in UTC instead
        if local.replace(tzinfo=read).utcoffset() != local.utcoffset():
            found.append(moment)
    return found


def moments(zone: zoneinfo.ZoneInfo, year: int) -> list[datetime]:
    """Two a day, and every ten minutes of a half day in which the clocks change."""
    halves = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=12 * n) for n in range(732)]
    changing = [
        early
        for early, late in pairwise(halves)
        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset()
    ]
    return halves + [each + timedelta(minutes=10 * n) for each in changing for n in range(72)]


@pytest.mark.parametrize("name", ODD)
def test_a_file_says_what_the_zone_does_at_any_time(name: str) -> None:
    assert differing(name, 2027) == []


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("America/St_Johns", 2010),  # a minute past midnight, until 2011
        ("Europe/London", 1995),  # the end of summer was the fourth Sunday
        ("America/New_York", 2007),  # the first year of today's rule
        ("Asia/Kathmandu", 1986),  # half past becomes a quarter to
        ("Africa/Cairo", 2023),
    ],
)
def test_the_rules_of_that_year_are_told(name: str, year: int) -> None:
    assert differing(name, year) == []


def test_a_yearly_rule_is_told_as_one() -> None:
    """In the form of RFC 5545, 3.6.5: each onset in the time of the clock before it."""
    assert written("Europe/London", 2027).split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/London",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T010000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:BST",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261025T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:GMT",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_a_place_without_summer_time_has_one_offset() -> None:
    read = written("Asia/Kathmandu", 2027)
    assert read.count("BEGIN:STANDARD") == 1 and "DAYLIGHT" not in read
    assert "TZOFFSETFROM:+0545\r\nTZOFFSETTO:+0545" in read


def test_a_rule_that_no_sunday_explains_is_told_change_by_change() -> None:
    read = written("Africa/Casablanca", 2027)  # summer time stops for Ramadan
    assert "RRULE" not in read and read.count("BEGIN:DAYLIGHT") > 2


def test_several_years_are_told_at_once() -> None:
    read = tzical(StringIO(written("Africa/Casablanca", 2026, 2029))).get()
    zone = zoneinfo.ZoneInfo("Africa/Casablanca")
    for year in range(2026, 2030):
        for month in range(1, 13):
            noon = datetime(year, month, 15, 12, tzinfo=zone)
            assert noon.replace(tzinfo=read).utcoffset() == noon.utcoffset()


def test_any_zone_there_is_can_be_told() -> None:
    for name in sorted(zones.names())[::9]:
        zone, read = zoneinfo.ZoneInfo(name), tzical(StringIO(written(name, 2027))).get()
        for month in (1, 4, 7, 10):
            noon = datetime(2027, month, 15, 12, tzinfo=zone)
            assert noon.replace(tzinfo=read).utcoffset() == noon.utcoffset(), name
