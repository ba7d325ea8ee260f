"""The parts of a round's record, each with its words and a mark of what its reader saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from setwise.room.deeds import digest
from setwise.room.models import Option, Problem, Question, Round

TAKEN_OUT = "[taken out]"  # stands where words were
OWN_PARTS = (
    ("statement", "The issue", 500),
    ("first_statement", "What the issue was at first", 500),
    ("presentation", "What I said about it", 5000),
    ("feedback", "What helped", 5000),
)
Row = Round | Problem | Question | Option


@dataclass(frozen=True, slots=True)
class Part:
    """`seen` tells, without telling the words, whether they are still those a page showed."""

    name: str
    label: str
    text: str
    most: int
    row: Row
    column: str

    @property
    def seen(self) -> str:
        return mark(self.name, self.text)

    @property
    def may_be_empty(self) -> bool:
        return isinstance(self.row, Round)

    @property
    def by_another(self) -> str:
        """The name of whoever else asked or offered it; '' for the presenter's own."""
        row = self.row
        if isinstance(row, Round) or row.author is None:
            return ""
        return "" if row.author_id in row.round.presenters else row.author.name


def parts(row: Round) -> tuple[Part, ...]:
    """Everything that stands in the record, in its order, in a fixed number of queries."""
    return (*_of_round(row), *_problems(row), *_notes(row))


def mark(name: str, text: str) -> str:
    return digest([(name, plain(text))]).hex()


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _of_round(row: Round) -> Iterator[Part]:
    for name, label, most in OWN_PARTS:
        words = row.words(name)
        if words or name != "first_statement":
            yield Part(name, label, words, most, row, name)


def _problems(row: Round) -> Iterator[Part]:
    """How each saw the problem, where it was opened: what was not is nobody's to read."""
    if row.problems_opened_at:
        for number, each in enumerate(row.problems.select_related("author", "round"), 1):
            label = f"How the problem was seen {number}"
            yield Part(f"problem-{each.pk}", label, each.words("text"), 500, each, "text")


def _notes(row: Round) -> Iterator[Part]:
    kinds: tuple[tuple[str, str, QuerySet[Question] | QuerySet[Option]], ...] = (
        ("question", "Question", row.questions.all()),
        ("option", "Possible action", row.options.all()),
    )
    for kind, label, notes in kinds:
        confirmed = notes.exclude(confirmed_at=None).select_related("author", "round")
        rows: Iterable[Question | Option] = confirmed
        for number, note in enumerate(rows, 1):
            words = note.words("text")
            yield Part(f"{kind}-{note.pk}", f"{label} {number}", words, 5000, note, "text")
