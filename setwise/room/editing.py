"""The presenter edits the record of their round, who reads it, and what stays in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from setwise.room import records
from setwise.room.entering import touch
from setwise.room.models import Problem, Round
from setwise.room.parts import TAKEN_OUT, Part, mark, parts
from setwise.room.records import OwnRecord
from setwise.room.refusing import Refusal, worded
from setwise.vault import keys
from setwise.vault.sealing import keys_at_hand

NARROWER = "Your notes rule keeps every record to its presenter, so this one stays yours alone."
READERS = ("presenter", "present")


@dataclass(frozen=True, slots=True)
class Edit:
    """What a page sends: words by part, the marks of what it had shown, and what is to go.

    `leaving_a_mark`: what goes is replaced by a mark that something was taken out.
    """

    words: Mapping[str, str]
    seen: Mapping[str, str]
    out: Collection[str] = ()
    leaving_a_mark: bool = False


class ChangedMeanwhile(Exception):
    """Parts that two wrote at once, by name as they stand now; None for one that is gone."""

    def __init__(self, now: Mapping[str, str | None]) -> None:
        super().__init__("The record was changed meanwhile.")
        self.now = now


@transaction.atomic
def edit(mine: OwnRecord, change: Edit, *, at: datetime) -> None:
    """Save what the presenter changed; the old words are gone.

    Parts changed elsewhere since the page was shown are kept as they are there, and a part changed
    in both raises ChangedMeanwhile, with nothing saved. A question or an option of somebody else's
    that is reworded no longer carries their name. Raises Refusal for words that do not fit.
    """
    row = records.locked(mine)
    with keys_at_hand([row.key_id]):
        here = parts(row)
        _refuse_what_clashes(here, change)
        touched = [_changed(part, change) for part in here]
    if any(touched):
        row.save(update_fields=[f"{part.column}_sealed" for part in here if part.row is row])
        written(row, at=at)


def decide_readers(mine: OwnRecord, *, readers: str) -> None:
    """Within the notes rule, the presenter decides who reads the record, and decides again."""
    if readers not in READERS or (readers == "present" and not records.may_be_opened(mine.row)):
        raise Refusal("readers", NARROWER)
    Round.objects.filter(pk=mine.row.pk).update(readers=readers)


def written(row: Round, *, at: datetime) -> None:
    """Count another version; call in the transaction that put words in the place of others."""
    Round.objects.filter(pk=row.pk).update(record_version=F("record_version") + 1, edited_at=at)
    touch(row.room, people=False)
    keys.leave_no_log()


def _refuse_what_clashes(here: Collection[Part], change: Edit) -> None:
    now = {part.name: part for part in here}
    clashes: dict[str, str | None] = {}
    for name, seen in change.seen.items():
        part = now.get(name)
        meant = name in change.out or mark(name, change.words.get(name, "")) != seen
        if not meant or (part and part.seen == seen):
            continue
        if part is None and name not in change.out:
            clashes[name] = None
        elif part and part.seen != mark(name, change.words.get(name, "")):
            clashes[name] = part.text
    if clashes:
        raise ChangedMeanwhile(clashes)


def _changed(part: Part, change: Edit) -> bool:
    """Put the part's new words on its row, or take it out; False where it stays as it is."""
    seen = change.seen.get(part.name)
    if seen is None:
        return False
    if part.name in change.out:
        return _take_out(part, leaving_a_mark=change.leaving_a_mark)
    words = change.words.get(part.name, "")
    if mark(part.name, words) in (seen, part.seen):
        return False
    needed = "" if part.may_be_empty else "Write it, or tick that it is to be taken out."
    put(part, worded(part.name, words, most=part.most, needed=needed))
    return True


def put(part: Part, words: str) -> None:
    """Seal other words in its place. A note's row is saved, and is nobody else's any more."""
    part.row.seal(part.column, words)
    if isinstance(part.row, Round):
        return
    if part.row.author_id not in part.row.round.presenters:
        part.row.author = None
    columns = ["text_sealed", "author"]
    if not isinstance(part.row, Problem):
        part.row.typed_by = None
        columns.append("typed_by")
    part.row.save(update_fields=columns)


def _take_out(part: Part, *, leaving_a_mark: bool) -> bool:
    if leaving_a_mark and part.text:
        put(part, TAKEN_OUT)
    elif isinstance(part.row, Round):
        part.row.seal(part.column, "")
    else:
        part.row.delete()
    return True
