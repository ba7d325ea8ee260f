"""Writing a version of the ground rules, and proposing it. The old one binds until it is agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from setwise.people import mailing
from setwise.sets.agreeing import being_agreed, rules_in_force
from setwise.sets.models import Clause, GroundRules, LearningSet, Membership, Settings
from setwise.sets.samples import SAMPLES
from setwise.sets.seats import Seat

SETTINGS = tuple(field.name for field in Settings._meta.get_fields())


class WrittenMeanwhile(Exception):
    """Somebody else wrote, proposed or took back a version since the page was opened."""


def outline(learning_set: LearningSet) -> tuple[GroundRules, list[tuple[str, str]]]:
    """What the writing page starts from: the draft there is, else an unsaved next version with the
    words and settings of the proposal or the rules in force, or with samples. Nothing is saved."""
    earlier = being_agreed(learning_set) or rules_in_force(learning_set)
    if earlier is None:
        number = _next_number(learning_set.pk)
        return GroundRules(learning_set=learning_set, number=number), list(SAMPLES)
    clauses = [(clause.subject, clause.text) for clause in earlier.clauses.all()]
    if earlier.state == "draft":
        return earlier, clauses
    return _after(earlier), clauses


def mark(rules: GroundRules) -> str:
    """A mark of what a writing page started from, to tell whether somebody wrote meanwhile."""
    return f"{rules.number} {rules.written_at.isoformat() if rules.written_at else 'new'}"


def _after(earlier: GroundRules) -> GroundRules:
    """An unsaved next version with the settings of this one."""
    values = {name: getattr(earlier, name) for name in SETTINGS}
    number = _next_number(earlier.learning_set_id)
    return GroundRules(learning_set_id=earlier.learning_set_id, number=number, **values)


def _next_number(set_id: UUID) -> int:
    last = GroundRules.objects.filter(learning_set=set_id).aggregate(n=Max("number"))["n"]
    return (last or 0) + 1


@transaction.atomic
def draft(seat: Seat, *, at: datetime) -> GroundRules:
    """The version being written or proposed, or a new one with the outline's words and settings."""
    seat.must_go_on()
    learning_set = LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    existing = being_agreed(learning_set)
    if existing:
        return existing
    rules, clauses = outline(learning_set)
    rules.number, rules.written_by, rules.written_at = (
        _next_number(learning_set.pk),
        seat.person,
        at,
    )
    rules.save(force_insert=True)
    _write_clauses(rules, clauses)
    return rules


@transaction.atomic
def save(
    seat: Seat,
    *,
    settings: Mapping[str, Any],
    clauses: Sequence[tuple[str, str]],
    seen: str = "",
    at: datetime,
) -> GroundRules:
    """Save the next version as a writing page has it.

    `seen` is the mark of what that page started from. Raises WrittenMeanwhile where it is another
    by now: nobody's words are written over by somebody who has not read them.
    """
    learning_set = LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    rules, _ = outline(learning_set)
    if seen and seen != mark(rules):
        raise WrittenMeanwhile
    return write(seat, draft(seat, at=at), settings=settings, clauses=clauses, at=at)


@transaction.atomic
def write(
    seat: Seat,
    rules: GroundRules,
    *,
    settings: Mapping[str, Any],
    clauses: Sequence[tuple[str, str]],
    at: datetime,
) -> GroundRules:
    """Change the words and settings of a version being agreed; the version that holds them now.

    What was proposed is never written over: nobody has said yes to words they have not read. It is
    kept as withdrawn, with who answered what and when, and the new words get the next number.
    """
    LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    rules = GroundRules.objects.select_for_update().get(
        pk=rules.pk, learning_set=seat.learning_set, state__in=("draft", "proposed")
    )
    if rules.state == "proposed":
        withdraw(seat, rules)
        rules = _after(rules)
    for name, value in settings.items():
        setattr(rules, name, value)
    rules.written_by, rules.written_at = seat.person, at
    rules.save()
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
        mailing.post(
            key=f"rules-proposed:{rules.id}:{at.isoformat()}:{membership.person_id}",
            to=membership.person,
            template="sets/email/rules_proposed",
            context={"learning_set": seat.learning_set, "proposer": seat.person},
        )
    return True


def withdraw(seat: Seat, rules: GroundRules) -> None:
    """Take back a version that is not agreed; the earlier one, or the floor, goes on binding.

    A proposal is kept, with who answered what and when.
    """
    GroundRules.objects.filter(
        pk=rules.pk, learning_set=seat.learning_set, state__in=("draft", "proposed")
    ).update(state="withdrawn")
