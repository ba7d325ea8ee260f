"""What keeps somebody from living with the rules: it opens the next meeting. Sealed for the set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from setwise.people.models import Person
from setwise.sets.models import Assent, GroundRules, LearningSet, Membership
from setwise.vault.sealing import keys_at_hand


@dataclass(frozen=True, slots=True)
class Objection:
    """One person's open *not yet*, in their words."""

    person: Person
    words: str
    version: int
    in_force: bool  # else the version is proposed, and waits for this
    at: datetime


def open_objections(learning_set: LearningSet) -> list[Objection]:
    """Each *no* to the proposal or to the rules in force, the oldest first, its words opened.

    Only of people who are in the set now: whoever has left keeps no version waiting. Call it behind
    the gate. Whoever joined after an objection was made does not hear it: see `heard_by`.
    """
    belonging = Membership.objects.seated().filter(learning_set=learning_set)
    rows = (
        Assent.objects.filter(
            rules__learning_set=learning_set,
            rules__state__in=("proposed", "in force"),
            answer="no",
            person__in=belonging.values("person"),
        )
        .select_related("rules", "person")
        .order_by("answered_at")
    )
    with keys_at_hand(row.key_id for row in rows):
        return [
            Objection(
                row.person,
                row.would_let(),
                row.rules.number,
                row.rules.state == "in force",
                row.answered_at,
            )
            for row in rows
        ]


def heard_by(person: Person, learning_set: LearningSet) -> list[Objection]:
    """The open objections that were made since this person joined."""
    since = joined_at(person, learning_set)
    return [each for each in open_objections(learning_set) if since and each.at >= since]


def joined_at(person: Person, learning_set: LearningSet) -> datetime | None:
    """Since when this person is in the set; None for whoever is not in it now."""
    seats = Membership.objects.seated().filter(learning_set=learning_set, person=person)
    return seats.values_list("joined_at", flat=True).first()


def answers_to(rules: GroundRules, reader: Person) -> list[tuple[Assent, str]]:
    """Who answered a version, the first first, with what would let them as far as `reader` was in
    the set when it was said."""
    since = joined_at(reader, rules.learning_set)
    rows = rules.assents.select_related("person").order_by("answered_at")
    with keys_at_hand(row.key_id for row in rows):
        return [
            (row, row.would_let() if since and row.answered_at >= since else "") for row in rows
        ]
