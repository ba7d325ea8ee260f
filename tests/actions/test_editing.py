"""Changing one's own action: all of it is kept; what is refused comes back as it was typed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.sets.models import LearningSet, Membership
from tests.actions.company import (
    FIRST_STEP,
    SIGN,
    TEXT,
    browser,
    leave,
    somebody,
    stands_in_clear,
    words_of,
)

pytestmark = pytest.mark.django_db
TYPED = {
    "text": "Zapytać oboje — 先に聞く",
    "due_on": "2027-03-01",
    "first_step": "Ring Priti",
    "sign": "Nobody is surprised",
    "confidence": "4",
    "ally": "",
}


@pytest.fixture
def own(amara: Person) -> Client:
    return browser(amara)


@pytest.fixture
def url(action: Action) -> str:
    return f"/actions/{action.id}/edit/"


def allies_offered(client: Client, url: str) -> list[str]:
    """The names in the list of possible allies."""
    html = client.get(url).content.decode()
    options = html.partition('<select name="ally"')[2].partition("</select>")[0]
    return re.findall(r">([^<]+)</option>", options)[1:]  # the first is nobody


def test_the_page_opens_with_what_was_decided(own: Client, url: str) -> None:
    html = own.get(url).content.decode()
    for words in (TEXT, FIRST_STEP, SIGN):
        assert f"\n{words}</textarea>" in html
    assert 'name="confidence" value="7"' in html


def test_every_part_of_an_action_can_be_changed(own: Client, url: str, action: Action) -> None:
    answer = own.post(url, TYPED)
    assert answer.headers["Location"] == f"/actions/{action.id}/"
    assert words_of(action) == (TYPED["text"], "Ring Priti", "Nobody is surprised")
    row = Action.objects.get()
    assert (row.due_on, row.confidence, row.ally) == (date(2027, 3, 1), 4, None)
    assert not stands_in_clear("Ring Priti")
    page = own.get(f"/actions/{action.id}/").content.decode()
    assert TYPED["text"] in page and "1 March 2027" in page and "4 of 10" in page


def test_only_the_words_are_needed(own: Client, url: str, action: Action) -> None:
    assert own.post(url, {"text": "Ask"}).status_code == 302
    row = Action.objects.get()
    assert words_of(action) == ("Ask", "", "")
    assert (row.due_on, row.confidence, row.first_step_sealed) == (None, None, None)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("text", "  \n", "Write what you will do."),
        ("text", "x" * 2001, "at most 2000 characters (it has 2001)"),
        ("text", "Ask\x00them", "Null characters are not allowed."),
        ("first_step", "x" * 2001, "at most 2000 characters"),
        ("sign", "x" * 2001, "at most 2000 characters"),
        ("due_on", "soon", "Write a date such as 2027-02-09."),
        ("due_on", "2027-02-30", "Write a date such as 2027-02-09."),
        ("confidence", "11", "less than or equal to 10"),
        ("confidence", "0", "greater than or equal to 1"),
        ("confidence", "very", "Enter a whole number."),
        ("ally", "nobody-like-this", "is not a valid"),
    ],
)
def test_what_is_refused_says_why_beside_the_field_and_keeps_the_rest(
    own: Client, url: str, action: Action, field: str, value: str, reason: str
) -> None:
    typed = TYPED | {field: value}
    answer = own.post(url, typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert reason in html.partition(f'id="id_{field}-error">')[2].partition("</p>")[0]
    for name in {"text", "first_step", "sign"} - ({field} if "\x00" in value else set()):
        assert f"\n{typed[name]}</textarea>" in html
    for name in ("due_on", "confidence"):
        assert f'name="{name}" value="{typed[name]}"' in html
    assert words_of(action) == (TEXT, FIRST_STEP, SIGN)
    assert not stands_in_clear("Ring Priti")


def test_an_ally_is_somebody_else_in_the_set_now(
    own: Client, url: str, learning_set: LearningSet, stranger: Person
) -> None:
    assert allies_offered(own, url) == ["Niamh", "Ruth", "Tomasz"]
    leave(somebody("niamh"), learning_set)
    Membership.objects.filter(person=somebody("tomasz")).update(suspended_at=timezone.now())
    assert allies_offered(own, url) == ["Ruth"]


@pytest.mark.parametrize("name", ["amara", "niamh", "tomasz", "stranger"])
def test_nobody_else_can_be_asked_by_a_form_of_ones_own(
    own: Client, url: str, learning_set: LearningSet, stranger: Person, name: str
) -> None:
    leave(somebody("niamh"), learning_set)
    Membership.objects.filter(person=somebody("tomasz")).update(suspended_at=timezone.now())
    answer = own.post(url, TYPED | {"ally": somebody(name).pk})
    assert answer.status_code == 422
    assert "Select a valid choice" in answer.content.decode()
    assert Action.objects.get().ally is None
    assert own.post(url, TYPED | {"ally": somebody("ruth").pk}).status_code == 302


def test_a_form_gives_the_action_to_nobody_else(
    own: Client, url: str, amara: Person, tomasz: Person
) -> None:
    more: dict[str, Any] = {"owner": tomasz.pk, "typed_by": tomasz.pk, "state": "done"}
    assert own.post(url, TYPED | more).status_code == 302
    row = Action.objects.get()
    assert (row.owner, row.typed_by, row.state) == (amara, None, "open")
