"""What was taken out of a record is gone from the database: from its rows and from its file."""

from __future__ import annotations

import pytest
from django.db import transaction

from setwise.room import editing, records, redacting
from setwise.room.editing import Edit
from setwise.room.models import Bid, Round
from setwise.room.parts import parts
from setwise.room.records import OwnRecord
from tests import dumping
from tests.cast import Cast, cast

# a log is emptied after a commit
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


@pytest.fixture
def mine() -> OwnRecord:
    with transaction.atomic():
        company: Cast = cast(held=True)
    presenter = company.people["presenter"]
    return records.own(presenter, Round.objects.get(presenter=presenter).pk)


def sealed(mine: OwnRecord) -> list[bytes]:
    """The record's words as they lie there, and the presenter's bid of which it was made."""
    notes = [note.text_sealed for note in mine.row.questions.all()]
    notes += [note.text_sealed for note in mine.row.options.all()]
    columns = [mine.row.statement_sealed, mine.row.presentation_sealed, mine.row.feedback_sealed]
    bid = Bid.objects.get(person=mine.person)
    found = [bytes(each) for each in (*notes, *columns, bid.issue_sealed) if each]
    assert len(found) > 6
    return found


def left(before: list[bytes]) -> int:
    return sum(words in dumping.rows() or words in dumping.files() for words in before)


def test_a_deleted_record(mine: OwnRecord) -> None:
    before = sealed(mine)
    assert left(before) == len(before)
    redacting.delete(mine, at=mine.row.room.opened_at)
    assert left(before) == 0


def test_a_passage(mine: OwnRecord) -> None:
    question = mine.row.questions.exclude(confirmed_at=None)[0]
    before = [bytes(question.text_sealed)]
    assert left(before) == 1
    redacting.take_out(mine, question.words("text"), at=mine.row.room.opened_at)
    assert left(before) == 0


def test_other_words(mine: OwnRecord) -> None:
    before = sealed(mine)
    here = parts(mine.row)
    change = Edit({part.name: "Other." for part in here}, {part.name: part.seen for part in here})
    assert left(before) == len(before)
    editing.edit(mine, change, at=mine.row.room.opened_at)
    assert left(before) == 1  # the bid is the presenter's own, and is not the record
