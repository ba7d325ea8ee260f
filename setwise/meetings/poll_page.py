"""What a poll's page shows one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from setwise.meetings import convening
from setwise.meetings.models import Poll, PollComment, PollDate, PollPlace
from setwise.meetings.models.poll import ANSWERS
from setwise.meetings.ranking import Ranked
from setwise.meetings.standing import Standing
from setwise.people.models import Person
from setwise.sets.models import Membership
from setwise.vault.sealing import KeyGone, keys_at_hand


@dataclass(frozen=True, slots=True)
class Asked:
    """One date or place to answer, and this person's answer so far."""

    row: PollDate | PollPlace
    mine: str


@dataclass(frozen=True, slots=True)
class Stands:
    """One date or place as it stands, and who said what."""

    row: PollDate | PollPlace
    ranked: Ranked
    said: list[tuple[str, list[Person]]]


def answering(
    poll: Poll, person: Person, now: Standing, given: Mapping[UUID, str], *, at: datetime
) -> dict[str, Any]:
    """The form: `given` are answers that were sent and refused, and are kept."""

    def asked(row: PollDate | PollPlace) -> Asked:
        mine = now.answers.get(row.id, {}).get(person.id, "")
        return Asked(row, given.get(row.id, mine))

    return {
        "poll": poll,
        "reader": person,
        "elsewhere": person.zone != poll.zone,
        "open": poll.takes_answers(at=at) and poll.learning_set.goes_on,
        "meetings": poll.meetings if poll.settled_at else [],
        "choices": ANSWERS,
        "asked_dates": [
            asked(row) for row in sorted((row for row, _ in now.dates), key=lambda r: r.starts_at)
        ],
        "series": len(now.by_occurrence) > 1,
        "asked_places": [asked(row) for row, _ in now.places],
        "convenor": convening.convenor(poll, at=at),
        "learning_set": poll.learning_set,
        "accent": poll.learning_set.accent,
    }


def standing_of(now: Standing) -> dict[str, Any]:
    """How it stands, the best first, and who has still to answer."""
    return {
        "dates": [_stands(row, ranked, now) for row, ranked in now.dates],
        "by_meeting": [
            [_stands(row, ranked, now) for row, ranked in rows]
            for rows in now.by_occurrence.values()
        ],
        "places": [_stands(row, ranked, now) for row, ranked in now.places],
        "over": now.over,
        "answered": now.answered,
        "missing": now.missing,
        "best": now.best,
    }


def notes(poll: Poll, reader: Person, now: Standing, *, at: datetime) -> list[tuple[Person, str]]:
    """The notes that this person may read: their own, or, as the convenor, those of all who belong.

    Whoever came to convene it after joining later reads none that was written before they joined.
    """
    people = {person.id: person for person in now.people}
    rows = PollComment.objects.filter(poll=poll, person__in=people).order_by("at")
    theirs = Q(person=reader)
    if convening.convenor(poll, at=at) == reader:
        seats = Membership.objects.seated().filter(person=reader, learning_set=poll.learning_set_id)
        theirs |= Q(at__gte=seats.values("joined_at"))
    found = list(rows.filter(theirs))
    with keys_at_hand(row.key_id for row in found):
        return [(people[row.person_id], words) for row in found if (words := _words(row))]


def _words(row: PollComment) -> str:
    try:
        return row.words("words")
    except KeyGone:
        return ""  # its author's key was destroyed


def _stands(row: PollDate | PollPlace, ranked: Ranked, now: Standing) -> Stands:
    given = now.answers.get(row.id, {})
    said = [
        (label, [person for person in now.people if given.get(person.id) == value])
        for value, label in ANSWERS
    ]
    return Stands(row, ranked, [(label, people) for label, people in said if people])
