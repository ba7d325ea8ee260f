"""An ally sees one action once they have said yes, and helps; they change nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.sets.models import LearningSet
from tests.actions.company import FIRST_STEP, TEXT, browser, decided, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(amara: Person, tomasz: Person, learning_set: LearningSet) -> Action:
    """Amara's action, for which she has asked Tomasz."""
    return decided(amara, learning_set, ally=tomasz)


@pytest.fixture
def friend(tomasz: Person) -> Client:
    """Tomasz at his browser."""
    return browser(tomasz)


def answer(client: Client, action: Action, words: str) -> int:
    return client.post(f"/actions/{action.id}/ally/", {"answer": words}).status_code


def edit(action: Action, *, ally: Person | None) -> int:
    """The owner saves the form with this ally."""
    body = {"text": TEXT, "ally": ally.pk if ally else ""}
    return browser(action.owner).post(f"/actions/{action.id}/edit/", body).status_code


def may_read(client: Client, action: Action) -> bool:
    return client.get(f"/actions/{action.id}/").status_code == 200


def test_an_ally_is_asked_without_a_word_of_the_action(asked: Action, friend: Client) -> None:
    html = friend.get("/actions/").content.decode()
    assert "Amara asks you to keep them company with an action." in html
    assert TEXT not in html and FIRST_STEP not in html
    assert not may_read(friend, asked)


def test_the_owner_sees_that_their_ally_is_asked_then_that_they_accepted(
    asked: Action, friend: Client, amara: Person
) -> None:
    url = f"/actions/{asked.id}/"
    assert "<dd>Tomasz (asked)</dd>" in browser(amara).get(url).content.decode()
    answer(friend, asked, "yes")
    assert "<dd>Tomasz</dd>" in browser(amara).get(url).content.decode()


def test_an_ally_who_says_yes_reads_the_action_and_its_progress(
    asked: Action, friend: Client, amara: Person
) -> None:
    assert answer(friend, asked, "yes") == 302
    html = friend.get("/actions/").content.decode()
    assert TEXT in html.partition("I am an ally")[2]
    assert "You are asked to be an ally" not in html
    browser(amara).post(f"/actions/{asked.id}/", {"state": "going", "happened": "Half of it"})
    page = friend.get(f"/actions/{asked.id}/").content.decode()
    assert "Amara’s action" in page and FIRST_STEP in page and "Half of it" in page
    assert "How is it going?" not in page and "Change it" not in page


def test_an_ally_who_says_no_is_gone_from_it_and_no_reason_is_asked(
    asked: Action, friend: Client, amara: Person
) -> None:
    assert answer(friend, asked, "no") == 302
    assert Action.objects.get().ally is None
    assert not may_read(friend, asked)
    assert "asked to be an ally" not in friend.get("/actions/").content.decode()
    assert "Tomasz" not in browser(amara).get(f"/actions/{asked.id}/").content.decode()


def test_an_answer_is_given_once(asked: Action, friend: Client) -> None:
    answer(friend, asked, "yes")
    assert answer(friend, asked, "no") == 404
    assert may_read(friend, asked)


@pytest.mark.parametrize("name", ["amara", "niamh", "stranger"])
def test_nobody_answers_for_somebody_else(asked: Action, stranger: Person, name: str) -> None:
    person = Person.objects.get(email=f"{name}@setwise.example")
    assert answer(browser(person), asked, "yes") == 404
    row = Action.objects.get()
    assert (row.ally_id, row.ally_accepted_at) == (asked.ally_id, None)


def test_an_ally_changes_nothing(asked: Action, friend: Client) -> None:
    answer(friend, asked, "yes")
    url = f"/actions/{asked.id}/"
    before = words_of(asked)
    assert friend.get(f"{url}edit/").status_code == 403
    assert friend.post(f"{url}edit/", {"text": "Mine now"}).status_code == 403
    assert friend.post(url, {"state": "done"}).status_code == 403
    assert friend.post(f"{url}confirmation/", {"discard": "1"}).status_code == 403
    row = Action.objects.get()
    assert (words_of(row), row.state) == (before, "open")


def test_an_ally_who_is_replaced_loses_sight_and_the_next_one_is_asked(
    asked: Action, friend: Client, niamh: Person
) -> None:
    answer(friend, asked, "yes")
    assert may_read(friend, asked)
    assert edit(asked, ally=niamh) == 302
    assert not may_read(friend, asked)
    assert TEXT not in friend.get("/actions/").content.decode()
    assert not may_read(browser(niamh), asked)
    assert answer(browser(niamh), asked, "yes") == 302
    assert may_read(browser(niamh), asked)


def test_an_ally_who_is_no_longer_wanted_loses_sight(asked: Action, friend: Client) -> None:
    answer(friend, asked, "yes")
    assert edit(asked, ally=None) == 302
    assert not may_read(friend, asked)


def test_a_question_that_was_taken_back_cannot_be_answered(asked: Action, friend: Client) -> None:
    edit(asked, ally=None)
    assert answer(friend, asked, "yes") == 404
    assert not may_read(friend, asked)


def test_an_ally_stays_when_the_owner_changes_something_else(
    asked: Action, friend: Client, tomasz: Person
) -> None:
    answer(friend, asked, "yes")
    assert edit(asked, ally=tomasz) == 302
    assert may_read(friend, asked)


def test_an_action_that_came_to_an_end_asks_nobody(
    asked: Action, friend: Client, amara: Person
) -> None:
    assert "asks you" in friend.get("/actions/").content.decode()
    browser(amara).post(f"/actions/{asked.id}/", {"state": "let go"})
    assert "asks you" not in friend.get("/actions/").content.decode()
