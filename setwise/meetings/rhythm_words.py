"""A rhythm in a sentence, and what it left out and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS

from setwise.meetings.rhythm import LeftOut, Occurrence, Rhythm

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = (
    *("First", "Second", "Third", "Fourth", "Fifth", "Sixth"),
    *("Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth"),
)


def sentence(rhythm: Rhythm) -> str:
    """*Every six weeks on a Tuesday or Thursday at 10:00, from 5 January 2027, not in August.*"""
    often = "Every week" if rhythm.weeks == 1 else f"Every {number(rhythm.weeks)} weeks"
    days = listed([str(WEEKDAYS[day]) for day in sorted(rhythm.days)], "or")
    times = listed([f"{at:%H:%M}" for at in rhythm.times], "or")
    words = f"{often} on a {days} at {times}, from {_day(rhythm.first)}"
    if rhythm.months_out:
        words += f", not in {listed(_months(rhythm.months_out), 'or')}"
    return f"{words}."


def notes(occurrence: Occurrence) -> list[str]:
    """What this meeting's dates do without, a sentence each: which day it was, and why."""
    out = occurrence.left_out
    said = [f"{_named(each.day)} is {each.name}." for each in out if each.why == "holiday"]
    said += [f"You meet on {_named(each.day)} already." for each in out if each.why == "taken"]
    said += [
        f"The clocks go forward over that time on {_named(each.day)}."
        for each in out
        if each.why == "clock"
    ]
    months = [each for each in out if each.why == "month"]
    if months:
        said.append(_without_months(months))
    if occurrence.elsewhere:
        said.append("So these are the days nearest to that week.")
    elif occurrence.put_off:
        said.append("It waits until a day is free again, and the rhythm goes on from there.")
    return said


def of_the_series(occurrence: int) -> str:
    """*First of the series*, for it need not be the set's first meeting; *13th* beyond a dozen."""
    word = ORDINALS[occurrence - 1] if occurrence <= len(ORDINALS) else f"{occurrence}th"
    return f"{word} of the series"


def number(many: int) -> str:
    return NUMBERS[many] if many < len(NUMBERS) else str(many)


def listed(words: Sequence[str], last: str) -> str:
    """*Tuesday, Wednesday or Friday*."""
    *others, final = words
    return f"{', '.join(others)} {last} {final}" if others else final


def _without_months(months: list[LeftOut]) -> str:
    names = _months(sorted({each.day.month for each in months}))
    verb = "is" if len(names) == 1 else "are"
    return f"{listed(names, 'and')} {verb} left out, so not {_named(months[0].day)}."


def _months(numbers: Sequence[int] | frozenset[int]) -> list[str]:
    return [str(MONTHS[each]) for each in sorted(numbers)]


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def _named(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {_day(day)}"
