"""Writing a version of the ground rules, and proposing it. The old one binds until it is agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from setwise.outbox import posting
from setwise.sets.agreeing import being_agreed, rules_in_force
from setwise.sets.models import Assent, Clause, GroundRules, LearningSet, Membership, Settings
from setwise.sets.samples import SAMPLES
from setwise.sets.seats import Seat

SETTINGS = tuple(field.name for field in Settings._meta.get_fields())


def outline(learning_set: LearningSet) -> tuple[GroundRules, list[tuple[str, str]]]:
    """What the writing page starts from: the version being written, else an unsaved one with the
    words and settings of the rules in force, or with samples. Nothing is saved."""
    earlier = being_agreed(learning_set) or rules_in_force(learning_set)
    if earlier is None:
        return GroundRules(learning_set=learning_set, number=1), list(SAMPLES)
    clauses = [(clause.subject, clause.text) for clause in earlier.clauses.all()]
    if earlier.state != "in force":
        return earlier, clauses
    last = GroundRules.objects.filter(learning_set=learning_set).aggregate(n=Max("number"))["n"]
    values = {name: getattr(earlier, name) for name in SETTINGS}
    return GroundRules(learning_set=learning_set, number=last + 1, **values), clauses


@transaction.atomic
def draft(seat: Seat, *, at: datetime) -> GroundRules:
    """The version being written: the one there is, or a new one with the outline's settings."""
    learning_set = LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    existing = being_agreed(learning_set)
    if existing:
        return existing
    rules, clauses = outline(learning_set)
    last = GroundRules.objects.filter(learning_set=learning_set).aggregate(n=Max("number"))["n"]
    rules.number, rules.written_by, rules.written_at = (last or 0) + 1, seat.person, at
    rules.save(force_insert=True)
    _write_clauses(rules, clauses)
    return rules


@transaction.atomic
def write(
    seat: Seat,
    rules: GroundRules,
    *,
    settings: Mapping[str, Any],
    clauses: Sequence[tuple[str, str]],
    at: datetime,
) -> GroundRules:
    """Change the words and settings of a version being agreed.

    A version already proposed goes back to being written, and its answers with it: nobody has said
    yes to words they have not read.
    """
    rules = GroundRules.objects.select_for_update().get(
        pk=rules.pk, learning_set=seat.learning_set, state__in=("draft", "proposed")
    )
    for name, value in settings.items():
        setattr(rules, name, value)
    rules.state, rules.proposed_at, rules.written_by, rules.written_at = (
        "draft",
        None,
        seat.person,
        at,
    )
    rules.save()
    Assent.objects.filter(rules=rules).delete()
    rules.clauses.all().delete()
    _write_clauses(rules, clauses)
    return rules


def _write_clauses(rules: GroundRules, clauses: Sequence[tuple[str, str]]) -> None:
    Clause.objects.bulk_create(
        Clause(rules=rules, subject=subject, text=text, position=position)
        for position, (subject, text) in enumerate(clauses)
        if text.strip()
    )


@transaction.atomic
def propose(seat: Seat, rules: GroundRules, *, at: datetime, quietly: bool = False) -> bool:
    """Ask everyone *Can you live with this?* The others get an e-mail, unless `quietly`.

    False where it was proposed already: twice is once.
    """
    proposed = GroundRules.objects.filter(
        pk=rules.pk, learning_set=seat.learning_set, state="draft"
    ).update(state="proposed", proposed_at=at)
    if not proposed or quietly:
        return bool(proposed)
    others = Membership.objects.seated().filter(learning_set=seat.learning_set)
    for membership in others.exclude(person=seat.person).select_related("person"):
        posting.post(
            key=f"rules-proposed:{rules.id}:{at.isoformat()}:{membership.person_id}",
            to=membership.person,
            template="sets/email/rules_proposed",
            context={"learning_set": seat.learning_set, "proposer": seat.person},
        )
    return True


def withdraw(seat: Seat, rules: GroundRules) -> None:
    """Take back a version that is not agreed; the earlier one, or the floor, goes on binding."""
    GroundRules.objects.filter(
        pk=rules.pk, learning_set=seat.learning_set, state__in=("draft", "proposed")
    ).update(state="withdrawn")
