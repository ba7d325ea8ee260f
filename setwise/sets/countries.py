"""Whose public holidays a set goes around: a country by its ISO code, or a part of one (GB-SCT).

The list of countries and of the zones in each is that of the IANA database, from `tzdata`; which of
them are known, and in which parts, is the package `holidays`'s to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources

import holidays
from django.core.exceptions import ValidationError

Pair = tuple[str, str]
Choice = Pair | tuple[str, list[Pair]]
# where a zone says more than its country does; London's says England, as most who live in it would
PARTS = {
    "Europe/London": "GB-ENG",
    "America/St_Johns": "CA-NL",
    "America/Halifax": "CA-NS",
    "America/Toronto": "CA-ON",
    "America/Winnipeg": "CA-MB",
    "America/Regina": "CA-SK",
    "America/Edmonton": "CA-AB",
    "America/Vancouver": "CA-BC",
    "Australia/Sydney": "AU-NSW",
    "Australia/Melbourne": "AU-VIC",
    "Australia/Brisbane": "AU-QLD",
    "Australia/Adelaide": "AU-SA",
    "Australia/Perth": "AU-WA",
    "Australia/Hobart": "AU-TAS",
    "Australia/Darwin": "AU-NT",
}


@cache
def choices() -> tuple[tuple[str, str], ...]:
    """Every country and part whose public holidays are known, by name; first, none at all."""
    known = holidays.list_supported_countries(include_aliases=False)
    named = sorted((name, code) for code, name in _countries().items() if code in known)
    found = [("", "None: offer every day")]
    for name, code in named:
        parts = known[code]
        found.append((code, f"{name}: those kept everywhere" if parts else name))
        spoken = sorted((called, part) for part, called in _parts(code).items() if part in parts)
        found += [(f"{code}-{part}", f"{name}: {called}") for called, part in spoken]
    return tuple(found)


def grouped(zones: Collection[str], *, chosen: str = "") -> list[Choice]:
    """The same for a select: first the countries and their parts of people in these time zones, and
    what is `chosen`; then all the others, which are some nine hundred."""
    codes = {*map(default_for, zones), chosen} - {""}
    here = {code.partition("-")[0] for code in codes}
    none, *every = choices()
    near = [each for each in every if each[0].partition("-")[0] in here]
    if not near:
        return list(choices())
    far = [each for each in every if each not in near]
    return [none, ("Where you are", near), ("Everywhere else", far)]


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, _ in choices())


def called(code: str) -> str:
    """The name of that country or part: *England*; empty where there is none."""
    name = dict(choices()).get(code, "") if code else ""
    country, _, part = name.partition(": ")
    return part if "-" in code and part else country


def default_for(zone: str) -> str:
    """The country of somebody in that time zone; empty where the zone tells none that is known."""
    code = PARTS.get(zone) or _by_zone().get(zone, "")
    return code if code in _codes() else ""


def validate_country(code: str) -> None:
    if code not in _codes():
        raise ValidationError("Choose a country from the list.")


@cache
def _by_zone() -> dict[str, str]:
    return {zone: code for code, _, zone, *_ in _rows("zone.tab")}


@cache
def _countries() -> dict[str, str]:
    return {code: name for code, name, *_ in _rows("iso3166.tab")}


def _parts(code: str) -> dict[str, str]:
    """By the code of a part, its name: the first of its names that is no abbreviation."""
    country = holidays.country_holidays(code)
    names = country.get_subdivision_aliases()
    return {
        part: next((name for name in names.get(part, ()) if len(name) > 3), part)
        for part in country.subdivisions
    }


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
