"""Taking words out of a record for good, and deleting it. What was there is gone, not hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from setwise.actions import deciding
from setwise.people.models import Person
from setwise.room import editing, records
from setwise.room.models import Bid, Draft, Option, Problem, Question, Round
from setwise.room.models.sealed import SealedRow
from setwise.room.parts import OWN_PARTS, TAKEN_OUT, plain
from setwise.room.records import OwnRecord
from setwise.room.refusing import Refusal, worded
from setwise.vault.sealing import keys_at_hand

NOWHERE = "These words stand nowhere in this record. Write them as they stand there."
LONGEST = 5000  # characters of a passage: no part of a record has more
Swap = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand, and how it will read without them."""

    label: str
    after: str


def places(mine: OwnRecord, passage: str) -> tuple[Place, ...]:
    """Every place of the record with these words, as it would read without them. Nothing is saved.

    Capitals and line ends do not matter. Raises Refusal where there is none.
    """
    return _swapped(mine.row, mine.person, _without(passage), save=False)


@transaction.atomic
def take_out(mine: OwnRecord, passage: str, *, at: datetime) -> None:
    """Put a mark in place of these words, wherever they stand: also in drafts, in the presenter's
    own bid and in the actions decided in the round. Raises Refusal where they stand nowhere."""
    row = records.locked(mine)
    _swapped(row, mine.person, _without(passage), save=True)
    editing.written(row, at=at)


@transaction.atomic
def delete(mine: OwnRecord, *, at: datetime) -> None:
    """Erase every word of the record. That the round was held stays, and the presenter's actions.

    Where two shared the issue, it becomes the other's alone, sealed under their key.
    """
    row = records.locked(mine)
    if row.shared_with:
        _leave_to(row.shared_with if mine.person == row.presenter else row.presenter, row, mine, at)
        return
    for name, _, _ in OWN_PARTS:
        row.seal(name, "")
    row.decide_by, row.deleted_at, row.stated = None, at, True
    row.save()
    for notes in (row.problems, row.questions, row.options, row.drafts, row.attended, row.decided):
        notes.all().delete()
    empty = {"issue_sealed": None, "why_now_sealed": None}
    Bid.objects.filter(room=row.room_id, person=row.presenter_id).update(**empty)
    editing.written(row, at=at)


def _without(passage: str) -> Swap:
    words = worded(
        "passage", plain(passage), most=LONGEST, needed="Write the words that are to go."
    ).split()
    # a mark that stands there already is passed over: no word of it is taken for one of theirs
    ways = (re.escape(TAKEN_OUT), r"\s+".join(map(re.escape, words)))
    found = re.compile("|".join(ways), re.IGNORECASE)
    return lambda text: found.sub(TAKEN_OUT, text)


def _leave_to(other: Person, row: Round, mine: OwnRecord, at: datetime) -> None:
    """Give a record to whoever shared its issue, and leave them no word of what is only mine."""
    with keys_at_hand([row.key_id, other.key_id]):
        for _, each, columns in _of_record(row):
            words = {column: each.words(column) for column in columns}
            each.key_id = other.key_id
            for column, text in words.items():
                each.seal(column, text)
            each.save()
    Round.objects.filter(pk=row.pk).update(presenter=other, shared_with=None)
    if not row.problems_opened_at:  # nobody was to read them, and they are not under this key
        row.problems.all().delete()
    row.decided.filter(action__owner=mine.person).delete()
    row.attended.filter(person=mine.person).delete()
    Bid.objects.filter(room=row.room_id, person=mine.person).update(
        issue_sealed=None, why_now_sealed=None
    )
    editing.written(row, at=at)


def _swapped(row: Round, person: Person, swap: Swap, *, save: bool) -> tuple[Place, ...]:
    found: list[Place] = []
    with keys_at_hand([row.key_id]):
        for label, each, columns in _rows(row, person):
            changed = []
            for column in columns:
                before = each.words(column)
                if (after := swap(before)) != before:
                    each.seal(column, after)
                    changed.append(f"{column}_sealed")
                    found.append(Place(label, after))
            if changed and save:
                each.save(update_fields=changed)
        for link in row.decided.filter(action__owner=person).select_related("action"):
            after_ = deciding.swap_words(link.action, swap, save=save)
            found += [Place("Decided", text) for text in after_]
    if not found:
        raise Refusal("passage", NOWHERE)
    return tuple(found)


def _rows(row: Round, person: Person) -> Iterator[tuple[str, SealedRow, tuple[str, ...]]]:
    """Everything sealed that belongs to the round, whether its record shows it or not."""
    yield from _of_record(row)
    bid = Bid.objects.filter(room=row.room_id, person=person).first()
    if bid:
        yield "Your bid", bid, ("issue", "why_now")


def _of_record(row: Round) -> Iterator[tuple[str, SealedRow, tuple[str, ...]]]:
    yield "The round", row, tuple(name for name, _, _ in OWN_PARTS)
    kinds: tuple[tuple[str, models.QuerySet[Problem | Question | Option | Draft]], ...] = (
        ("The problem", row.problems.all() if row.problems_opened_at else row.problems.none()),
        ("Question", row.questions.all()),
        ("Possible action", row.options.all()),
        ("Written down for you", row.drafts.all()),
    )
    for label, notes in kinds:
        for note in notes:
            yield label, note, ("text",)
