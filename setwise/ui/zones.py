"""Time zones: those that people may choose, and what to do when a machine forgets one."""

from __future__ import annotations

import zoneinfo
from functools import cache

COMMON = (
    *("Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Paris", "Europe/Berlin"),
    *("Europe/Athens", "Europe/Istanbul", "Africa/Lagos", "Africa/Johannesburg"),
    *("Africa/Nairobi", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo"),
    *("Australia/Sydney", "America/New_York", "America/Chicago", "America/Los_Angeles"),
    *("America/Sao_Paulo", "UTC"),
)
REGIONS = {
    "Europe": "Europe",
    "Africa": "Africa",
    "America": "Americas",
    "Asia": "Asia",
    "Australia": "Australia",
    "Pacific": "Pacific",
    "Atlantic": "Atlantic",
    "Indian": "Indian Ocean",
    "Arctic": "Arctic",
    "Antarctica": "Antarctica",
}
NO_PLACES = {"Factory", "localtime"}  # in some machines' lists, and no answer to “where?”

Group = tuple[str, list[tuple[str, str]]]


@cache
def names() -> frozenset[str]:
    """The names of the IANA database on this machine; the list is read from disk once."""
    return frozenset(zoneinfo.available_timezones() - NO_PLACES)


def zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone of that name; UTC where this machine knows it no more, so that pages still open."""
    return zoneinfo.ZoneInfo(name if name in names() else "UTC")


def called(name: str) -> str:
    """What people call the time of that zone: *Kathmandu time*."""
    return f"{zone(name).key.rpartition('/')[2].replace('_', ' ')} time"


@cache
def choices() -> tuple[Group, ...]:
    """All zones for a select: the common ones, then each region's places, then the odd names."""
    groups: dict[str, list[tuple[str, str]]] = {title: [] for title in REGIONS.values()}
    odd = []
    for name in sorted(names()):
        region, _, place = name.partition("/")
        if place and region in REGIONS:
            groups[REGIONS[region]].append((name, _spoken(place)))
        else:
            odd.append((name, name.replace("_", " ")))
    common = [(name, _spoken(name.partition("/")[2] or name)) for name in COMMON if name in names()]
    return (("Common", common), *groups.items(), ("Other names", odd))


def _spoken(place: str) -> str:
    return place.replace("_", " ").replace("/", ", ")
