"""A case: a whole meeting written down. The demo is filled from it; nothing here knows one of them."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from setwise.project.demo.shape import MOST_ROUNDS, tables

DEFAULT = Path(__file__).parent / "cases" / "ward-leaders.toml"
Case = Mapping[str, Any]


class CaseError(ValueError):
    """The file is no case; the message is one line for whoever named it."""


def read(path: Path) -> Case:
    """Read a case; raises CaseError with one line, which names file and place, for one that is none."""
    try:
        case = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path} is not a TOML file: {error}.") from error
    for key in ("set", "people", "meeting"):
        if key not in case:
            raise CaseError(f"{path} lacks [{key}].")
    if what := next(wrong(case), ""):
        raise CaseError(f"{path}, {' '.join(what.split())}.")
    return case


def wrong(case: Case) -> Iterator[str]:
    """What is wrong with a case, each with its place: values first, then what they are together.

    The later is only asked for once there is nothing of the former.
    """
    people = case["people"] if isinstance(case["people"], list) else []
    keys = [each.get("key") for each in people if isinstance(each, dict)]
    for name, table in tables([key for key in keys if isinstance(key, str)]).items():
        if name in case:
            yield from table.wrong(case[name], f"[[{name}]]" if table.many else f"[{name}]")
    yield from _wrong_people(case)
    yield from _wrong_meeting(case)


def _wrong_people(case: Case) -> Iterator[str]:
    people = case["people"]
    if not people:
        yield "[[people]]: there is nobody"
    keys = Counter(each["key"] for each in people)
    addresses = Counter(each["email"].strip().lower() for each in people)
    for number, each in enumerate(people, 1):
        if keys[each["key"]] > 1:
            yield f"[[people]] {number}: key {each['key']!r} is somebody else's too"
        if addresses[each["email"].strip().lower()] > 1:
            yield f"[[people]] {number}: email {each['email']!r} is somebody else's too"
    if sum(each.get("seat") == "facilitator" for each in people) > 1:
        yield "[[people]]: a set has one facilitator, and here are more"


def _wrong_meeting(case: Case) -> Iterator[str]:
    rounds, meeting = case.get("rounds", ()), case["meeting"]
    members = {each["key"] for each in case["people"] if each.get("seat") != "facilitator"}
    both = set(meeting.get("present", ())) & set(meeting.get("apologies", ()))
    if both:
        yield f"[meeting]: {min(both)!r} is present and sends apologies"
    if len(rounds) > MOST_ROUNDS:
        yield f"[[rounds]]: a meeting has two rounds at most, and here are {len(rounds)}"
    for number, each in enumerate(rounds, 1):
        key, here = each["presenter"], f"[[rounds]] {number}"
        if key not in members:
            yield f"{here}: presenter {key!r} is the facilitator, and only a member presents"
        if key not in present(case):
            yield f"{here}: presenter {key!r} is not there, as [meeting] says"
        if key in {action.get("ally") for action in each.get("actions", ())}:
            yield f"{here}, actions: ally {key!r} is the presenter"


def present(case: Case) -> list[str]:
    """Who is at the meeting: those it names; where it names nobody, all who send no apologies."""
    named = case["meeting"].get("present", ())
    away = case["meeting"].get("apologies", ())
    everyone = [each["key"] for each in case["people"]]
    return list(named) or [key for key in everyone if key not in away] or everyone


def said(given: Mapping[str, Any], name: str) -> str:
    """What the case has there; '' for nothing, and for nothing but spaces."""
    return str(given.get(name, "")).strip()


def placed(given: Mapping[str, Any], stages: Sequence[str]) -> Mapping[str, Any]:
    """A round with each question in one of these stages: in its own, or else in the last of them.

    Ways of meeting name their stages differently, and nobody's question is lost for it.
    """
    last = stages[-1] if stages else ""
    questions = [
        {**each, "stage": each["stage"] if each["stage"] in stages else last}
        for each in given.get("questions", ())
    ]
    return {**given, "questions": questions}


def starts_at(case: Case, *, now: datetime) -> datetime:
    """The meeting's start, moved to today: the next full quarter of an hour in its own zone."""
    zone = ZoneInfo(case["meeting"]["zone"])
    local = now.astimezone(zone)
    # counted in UTC: on the night the clocks go back, a local hour comes twice
    whole = now.astimezone(UTC).replace(second=0, microsecond=0)
    return (whole + timedelta(minutes=15 - local.minute % 15)).astimezone(zone)
