"""A record taken away as Markdown. Words stay text, whatever signs are in them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format

from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.room.models import Problem, Question, Round
from setwise.room.recording import Record, open_record
from setwise.room.records import OwnRecord
from setwise.ui.markdown import block, item, text


def as_markdown(mine: OwnRecord) -> str:
    """The presenter's record. Others are named in it where the ground rules say so."""
    return "\n\n".join(_record(mine.row, mine.person)) + "\n"


def all_as_markdown(rows: list[Round], person: Person) -> str:
    """All of a person's own records in one text, the last first."""
    return "\n\n---\n\n".join("\n\n".join(_record(row, person)) for row in rows) + "\n"


def _record(row: Round, reader: Person) -> Iterator[str]:
    record, meeting = open_record(row, reader, taking=True), row.room.meeting
    yield "# My round"
    yield f"{text(meeting.learning_set.name)}, {date_format(meeting.local_start, 'j F Y')}"
    yield from _words("The issue", record.statement)
    yield from _words("At first", record.first_statement)
    yield from _words("What I said about it", record.presentation)
    yield from _list("The problem, as each saw it", [_seen(*e, record) for e in record.problems])
    questions = [_question(note, words, record) for note, words in record.questions]
    yield from _list("Questions", questions)
    yield from _list("Possible actions", [item(words) for _, words in record.options])
    yield from _list("Decided", [_decided(action, words) for action, words in record.decided])
    if row.decide_by:
        yield f"To be decided by {date_format(row.decide_by, 'j F Y')}."
    yield from _words("What helped", record.feedback)


def _words(title: str, words: str) -> Iterator[str]:
    if words:
        yield f"## {title}"
        yield block(words)


def _list(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f"## {title}"
        yield "\n".join(items)


def _question(note: Question, words: str, record: Record) -> str:
    named = note.author.name if record.named and note.author else ""
    after = "".join(
        f" ({text(each)})" for each in (named, note.get_mark_display() if note.mark else "") if each
    )
    return item(words, after=after)


def _seen(each: Problem, words: str, record: Record) -> str:
    return item(words, after=f" ({text(each.author.name)})" if record.named and each.author else "")


def _decided(action: Action, words: str) -> str:
    by = f" (by {date_format(action.due_on, 'j F Y')})" if action.due_on else ""
    return item(words, after=by)
