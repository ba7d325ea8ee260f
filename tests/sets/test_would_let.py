"""What would let somebody live with the rules is said in confidence to the set."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from setwise.sets import agreeing
from setwise.sets.models import Assent
from setwise.vault import keys, sealing
from tests.sets.agreements import AT, propose
from tests.sets.gathering import Gathered
from tests.sets.mailbox import mail
from tests.sets.visiting import page, signed_in

pytestmark = pytest.mark.once

WORDS = "If Zdeňka’s 17 shifts were never named outside"


@pytest.fixture
def said(three: Gathered) -> Assent:
    rules = propose(three.seat(0))
    agreeing.answer(three.seat(1), rules, says="no", would_let=WORDS, at=timezone.now())
    return rules.assents.get()


def test_it_stands_in_clear_in_no_table_and_no_letter(said: Assent) -> None:
    assert said.would_let() == WORDS
    seen = 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for value in (value for row in cursor.fetchall() for value in row):
                raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                assert WORDS.encode() not in raw and b"shifts" not in raw, table
                seen += bytes(said.would_let_sealed or b"") == raw
    assert seen == 1
    assert len(mail()) == 2
    assert [letter for letter in mail() if "shifts" in letter.words] == []


def test_it_is_sealed_for_the_set_and_bound_to_its_row(three: Gathered, said: Assent) -> None:
    assert said.key_id == three.learning_set.key_id
    other = Assent(rules=said.rules, person=three.people[2], key_id=said.key_id)
    other.would_let_sealed = said.would_let_sealed
    with pytest.raises(sealing.Tampered):
        other.would_let()


def test_it_is_gone_with_the_sets_key(three: Gathered, said: Assent) -> None:
    assert said.would_let() == WORDS
    keys.destroy(three.learning_set.key_id)
    with pytest.raises(sealing.KeyGone):
        said.would_let()


def test_the_set_reads_it_beside_its_authors_name(three: Gathered, said: Assent) -> None:
    url = f"/sets/{three.learning_set.id}/rules/versions/1/"
    for person in three.people:
        row = page(signed_in(person), url).partition("Bo: not yet")[2].partition("</li>")[0]
        assert f"What would let them: {WORDS}" in row


def test_a_later_answer_takes_its_place(three: Gathered, said: Assent) -> None:
    agreeing.answer(three.seat(1), said.rules, says="no", would_let="One more week", at=AT)
    said.refresh_from_db()
    assert said.would_let() == "One more week"
    agreeing.answer(three.seat(1), said.rules, says="yes", would_let="Left over", at=AT)
    said.refresh_from_db()
    assert (said.answer, said.would_let_sealed, said.would_let()) == ("yes", None, "")
