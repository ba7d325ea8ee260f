"""Reading an act's form: ids, numbers and days; an odd value is refused beside its field."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.shortcuts import get_object_or_404

from setwise.room.entering import Entry
from setwise.room.models import Round
from setwise.room.refusing import Refusal


def id_in(data: QueryDict, name: str) -> UUID | None:
    """Whom or what a field names, None where it is empty."""
    value = data.get(name, "")
    try:
        return UUID(value) if value else None
    except ValueError as error:
        raise Refusal(name, "Choose from the list.") from error


def somebody(data: QueryDict, name: str) -> UUID:
    found = id_in(data, name)
    if found is None:
        raise Refusal(name, "Choose somebody.")
    return found


def number_in(data: QueryDict, name: str, default: int) -> int:
    try:
        return int(data.get(name) or default)
    except ValueError as error:
        raise Refusal(name, "Write a whole number.") from error


def day_in(data: QueryDict, name: str) -> date | None:
    value = data.get(name, "").strip()
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise Refusal(name, "Write a date such as 2027-02-09.") from error


def round_of(entry: Entry, round_id: UUID) -> Round:
    return get_object_or_404(Round, pk=round_id, room=entry.room)
