"""Ground rules on the table, written and proposed in one step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from setwise.people.models import Person
from setwise.sets import agreeing, amending, seats
from setwise.sets.models import GroundRules

AT = timezone.now()
WORDS = (("time", "We start on the hour."), ("notes", "Nobody records."))


def later(days: int) -> datetime:
    return AT + timedelta(days=days)


def propose(
    seat: seats.Seat, *, words: Any = WORDS, at: datetime = AT, **settings: Any
) -> GroundRules:
    """The set's next version, proposed by `seat`, with these words and settings."""
    rules = amending.draft(seat, at=at)
    amending.write(seat, rules, settings=settings, clauses=words, at=at)
    amending.propose(seat, rules, at=at)
    rules.refresh_from_db()
    return rules


def say(
    rules: GroundRules, people: list[Person], answer: str = "yes", *, at: datetime = AT
) -> list[str]:
    """Each answers in turn; the version's state after each."""
    states = []
    for person in people:
        seat = seats.take(person, rules.learning_set_id)
        states.append(agreeing.answer(seat, rules, says=answer, at=at).state)
    rules.refresh_from_db()
    return states


def words_of(rules: GroundRules) -> list[tuple[str, str]]:
    return [(clause.subject, clause.text) for clause in rules.clauses.all()]
