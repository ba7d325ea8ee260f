"""What one value of a case may be. A rule says in words what is wrong with it, '' where it is right."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models

from setwise.ui import zones

Rule = Callable[[Any], str]
MOST_SHOWN = 60  # characters
KINDS = {str: "text", int: "a whole number", bool: "true or false"}


def shown(value: Any) -> str:
    """A value in an error's one line, cut short where it is long."""
    whole = repr(value)
    return whole if len(whole) <= MOST_SHOWN else f"{whole[:MOST_SHOWN]}…"


def text(most: int, *, blank: bool = True) -> Rule:
    """Text of at most so many characters; with words in it, unless `blank`."""

    def rule(value: Any) -> str:
        if not isinstance(value, str):
            return f"is {shown(value)} and not text"
        if "\x00" in value:
            return "holds a character that nobody can read (\\u0000)"
        if not blank and not value.strip():
            return "is empty"
        return f"has {len(value)} characters, more than {most}" if len(value) > most else ""

    return rule


def one_of(choices: Collection[str]) -> Rule:
    def rule(value: Any) -> str:
        if isinstance(value, str) and value in choices:
            return ""
        named = ", ".join(repr(each) for each in choices)
        return f"is {shown(value)} and not one of {named}"

    return rule


def someone(keys: Collection[str]) -> Rule:
    def rule(value: Any) -> str:
        known = isinstance(value, str) and value in keys
        return "" if known else f"is {shown(value)}, who is not among [[people]]"

    return rule


def several(each: Rule) -> Rule:
    """A list of values that follow a rule, none of them twice."""

    def rule(value: Any) -> str:
        if not isinstance(value, list):
            return f"is {shown(value)} and not a list"
        wrong = next(filter(None, map(each, value)), "")
        twice = next((one for one in value if value.count(one) > 1), None)
        return wrong or ("" if twice is None else f"has {shown(twice)} twice")

    return rule


def whole(least: int, most: int) -> Rule:
    def rule(value: Any) -> str:
        if not isinstance(value, int) or isinstance(value, bool):
            return f"is {shown(value)} and not a whole number"
        return "" if least <= value <= most else f"is {value}, not between {least} and {most}"

    return rule


def flag(value: Any) -> str:
    return "" if isinstance(value, bool) else f"is {shown(value)} and not true or false"


def zone(value: Any) -> str:
    known = isinstance(value, str) and value in zones.names()
    return "" if known else f"is {shown(value)}, which is no time zone"


def address(value: Any) -> str:
    """An e-mail address that an account could have."""
    if wrong := text(254)(value):
        return wrong
    try:
        validate_email(value.strip())
    except ValidationError:
        return f"is {shown(value)}, which is no e-mail address"
    return ""


def link(value: Any) -> str:
    """A web address, or nothing: a page shows it as a link."""
    if value == "":
        return ""
    if wrong := text(500)(value):
        return wrong
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        return f"is {shown(value)}, which is no web address"
    return ""


def moment(value: Any) -> str:
    """A date and a time without a zone, as TOML's own or as text."""
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return f"is {shown(value)}, which is no date and time such as 2027-02-09T14:00"
    return "has a zone of its own: the meeting's is enough" if at.tzinfo else ""


def column(field: models.Field[Any, Any]) -> Rule:
    """What a column of the database takes: its kind, its choices, its bounds."""
    kind: type = str
    if isinstance(field, models.BooleanField):
        kind = bool
    elif isinstance(field, models.IntegerField):
        kind = int

    def rule(value: Any) -> str:
        if type(value) is not kind:
            return f"is {shown(value)} and not {KINDS[kind]}"
        try:
            field.clean(value, None)
        except ValidationError as error:
            return f"is {shown(value)}: {error.messages[0].rstrip('.')}"
        return ""

    return rule
