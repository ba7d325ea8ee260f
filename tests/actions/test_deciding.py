"""Committing an action: its owner's at once; typed by a note-taker, a draft until confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from setwise.actions import deciding
from setwise.actions.deciding import Decision
from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.sets.models import LearningSet
from tests.actions.company import (
    FIRST_STEP,
    SIGN,
    TEXT,
    browser,
    decided,
    gather,
    somebody,
    stands_in_clear,
    words_of,
)

pytestmark = pytest.mark.django_db


def confirmation(action: Action) -> str:
    return f"/actions/{action.id}/confirmation/"


def test_an_action_is_kept_as_its_owner_decided_it(action: Action, amara: Person) -> None:
    row = Action.objects.get()
    assert words_of(row) == (TEXT, FIRST_STEP, SIGN)
    assert (row.owner, row.confidence, row.state, row.ended_at) == (amara, 7, "open", None)
    assert row.confirmed_at == row.decided_at
    assert list(Action.objects.open()) == [action]


def test_the_database_holds_no_word_of_it_in_clear(action: Action, amara: Person) -> None:
    assert stands_in_clear(amara.name)  # what is in clear is found
    assert [stands_in_clear(words) for words in words_of(action)] == [False, False, False]


def test_what_its_owner_typed_themselves_is_no_draft(
    amara: Person, learning_set: LearningSet
) -> None:
    row = decided(amara, learning_set, typed_by=amara)
    assert row.typed_by is None
    assert row.confirmed_at is not None


def test_confidence_beyond_ten_is_refused_by_the_row_itself(
    amara: Person, learning_set: LearningSet
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        deciding.commit(
            owner=amara,
            learning_set=learning_set,
            meeting=None,
            decision=Decision("Ask", confidence=11),
            at=timezone.now(),
        )


def test_a_note_takers_draft_is_not_open_and_only_its_owner_reads_it(
    draft: Action, amara: Person, tomasz: Person
) -> None:
    assert not Action.objects.open().exists()
    page = browser(amara).get("/actions/").content.decode()
    assert TEXT in page.partition("Written down for you")[2].partition("</section>")[0]
    assert TEXT not in browser(tomasz).get("/actions/").content.decode()
    assert browser(amara).get(f"/actions/{draft.id}/").status_code == 200
    assert browser(tomasz).get(f"/actions/{draft.id}/").status_code == 404


def test_a_draft_is_its_owners_action_once_they_confirm_it(draft: Action, amara: Person) -> None:
    own = browser(amara)
    assert own.post(confirmation(draft)).headers["Location"] == "/actions/"
    row = Action.objects.get()
    assert row.confirmed_at is not None
    assert list(Action.objects.open()) == [draft]
    page = own.get("/actions/").content.decode()
    assert "It is your action now." in page and "Written down for you" not in page


def test_confirming_twice_keeps_the_first_moment(draft: Action) -> None:
    first = timezone.now()
    deciding.confirm(draft, at=first)
    deciding.confirm(draft, at=first + timedelta(days=1))
    assert Action.objects.get().confirmed_at == first


def test_a_draft_that_is_thrown_away_is_gone(draft: Action, amara: Person) -> None:
    own = browser(amara)
    assert "Thrown away." in own.post(confirmation(draft), {"discard": "1"}, follow=True).text
    assert not Action.objects.exists()
    assert own.post(confirmation(draft)).status_code == 404


def test_an_action_that_is_no_draft_cannot_be_thrown_away(action: Action, amara: Person) -> None:
    browser(amara).post(confirmation(action), {"discard": "1"})
    assert words_of(action) == (TEXT, FIRST_STEP, SIGN)


def test_changing_a_draft_confirms_it_in_the_owners_words(draft: Action, amara: Person) -> None:
    answer = browser(amara).post(f"/actions/{draft.id}/edit/", {"text": "In my words"})
    assert answer.headers["Location"] == f"/actions/{draft.id}/"
    assert words_of(draft) == ("In my words", "", "")
    assert list(Action.objects.open()) == [draft]


def test_a_confirmation_is_a_form_and_no_link(draft: Action, amara: Person) -> None:
    assert browser(amara).get(confirmation(draft)).status_code == 405
    assert Action.objects.get().confirmed_at is None


def test_what_was_not_thrown_away_is_not_said_to_be() -> None:
    learning_set = gather("amara")
    action = decided(somebody("amara"), learning_set)
    own = browser(somebody("amara"))
    answer = own.post(f"/actions/{action.id}/confirmation/", {"discard": "1"}, follow=True)
    assert Action.objects.exists()
    assert "Thrown away." not in answer.content.decode()
