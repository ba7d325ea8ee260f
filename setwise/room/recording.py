"""The record of a round, opened for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.room import records
from setwise.room.loading.unconfirmed import of_round
from setwise.room.models import CheckOut, Problem, Question, Round
from setwise.sets.agreeing import current_settings
from setwise.sets.models import LearningSet
from setwise.vault.sealing import keys_at_hand


@dataclass(frozen=True, slots=True)
class DraftToTake:
    what: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Record:
    """`named`: whether others' names may stand in it; whoever left the set keeps none of them."""

    own: bool
    named: bool
    statement: str
    first_statement: str
    presentation: str
    feedback: str
    problems: tuple[tuple[Problem, str], ...]
    questions: tuple[tuple[Question, str], ...]
    unopened: tuple[tuple[Question, str], ...]  # written in silence, and the presenter’s to open
    options: tuple[tuple[Any, str], ...]
    decided: tuple[tuple[Action, str], ...]
    drafts: tuple[DraftToTake, ...]


def open_record(row: Round, reader: Person, *, taking: bool = False) -> Record:
    """Open it in a number of queries that does not grow with its questions. Call behind the gate.

    `taking`: it leaves Setwise, with the others' names only where the ground rules say so.
    """
    own = reader.id in row.presenters
    learning_set = row.room.meeting.learning_set
    named = LearningSet.objects.visible_to(reader).filter(pk=learning_set.pk).exists()
    if taking:
        named = named and current_settings(learning_set).names_taken_away
    with keys_at_hand([row.key_id]):
        questions = row.questions.exclude(confirmed_at=None).select_related("author")
        if not own:
            questions = questions.exclude(opened_at=None)
        worded = [(note, note.words("text")) for note in questions]
        options = row.options.exclude(confirmed_at=None).select_related("author")
        decided = row.decided.filter(action__owner=reader).select_related("action") if own else ()
        problems = row.problems.select_related("author") if row.problems_opened_at else ()
        return Record(
            own=own,
            named=named,
            statement=row.words("statement"),
            first_statement=row.words("first_statement"),
            presentation=row.words("presentation"),
            feedback=row.words("feedback"),
            problems=tuple((each, each.words("text")) for each in problems),
            questions=tuple(each for each in worded if each[0].opened_at or each[0].handed),
            unopened=tuple(each for each in worded if not (each[0].opened_at or each[0].handed)),
            options=tuple((note, note.words("text")) for note in options),
            decided=tuple((each.action, each.action.text()) for each in decided),
            drafts=_drafts(row) if own else (),
        )


def own_rounds(person: Person) -> list[tuple[Round, str]]:
    """The rounds a person has presented, with what the issue was; the last first."""
    rows = (
        Round.objects.presented_by(person)
        .filter(deleted_at=None)
        .exclude(ended_at=None)
        .annotate(opened=records.opened_to_others())
        .select_related("room__meeting__learning_set")
        .order_by("-room__meeting__starts_at", "number")
    )
    with keys_at_hand({row.key_id for row in rows}):
        return [(row, row.words("statement")) for row in rows]


def own_learning(person: Person) -> list[tuple[CheckOut, str]]:
    """What a person took with them from each meeting, the last first; nobody else reads it."""
    rows = (
        CheckOut.objects.filter(person=person)
        .exclude(confirmed_at=None)
        .exclude(learning_sealed__isnull=True)
        .select_related("room__meeting__learning_set")
        .order_by("-room__meeting__starts_at")
    )
    with keys_at_hand({row.key_id for row in rows}):
        return [(row, row.words("learning")) for row in rows]


def _drafts(row: Round) -> tuple[DraftToTake, ...]:
    return tuple(
        DraftToTake(
            each.what,
            each.text,
            reverse("room:record-draft", args=[row.id, each.kind, each.id]),
        )
        for each in of_round(row)
    )
