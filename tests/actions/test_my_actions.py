"""The page of one's actions: what is due first, in the reader's own day, in few queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.sets.models import LearningSet, Membership
from tests.actions.company import browser, decided, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2027, 2, 9)


@pytest.fixture
def own(amara: Person) -> Client:
    return browser(amara)


def listed(client: Client, section: str) -> list[str]:
    """The texts of the actions in one section."""
    html = client.get("/actions/").content.decode()
    rows = html.partition(f'aria-labelledby="{section}"')[2].partition("</section>")[0]
    return [row.partition('">')[2].partition("</a>")[0] for row in rows.split("<li>")[1:]]


def test_open_actions_stand_in_the_order_in_which_they_are_due(
    own: Client, amara: Person, learning_set: LearningSet
) -> None:
    for days in (9, 2, 30):
        decided(amara, learning_set, f"In {days}", due_on=DAY + timedelta(days=days))
    assert listed(own, "open") == ["In 2", "In 9", "In 30"]


def test_an_end_is_told_by_its_own_word(
    own: Client, amara: Person, learning_set: LearningSet
) -> None:
    for state in ("done", "changed", "let go"):
        action = decided(amara, learning_set, f"It was {state}")
        own.post(f"/actions/{action.id}/", {"state": state})
    ended = own.get("/actions/").text.partition("What became of the others (3)")[2]
    rows = [row.partition("</li>")[0] for row in ended.split("<li>")[1:]]
    assert [row.rpartition('muted">')[2].partition("<")[0] for row in rows] == [
        "let go",
        "changed",
        "done",
    ]


def test_an_allys_action_is_named_with_its_owner(
    own: Client, amara: Person, tomasz: Person, learning_set: LearningSet
) -> None:
    theirs = decided(tomasz, learning_set, "Cost it", ally=amara)
    own.post(f"/actions/{theirs.id}/ally/", {"answer": "yes"})
    html = own.get("/actions/").content.decode()
    assert listed(own, "open") == []
    assert "Tomasz, no date" in html.partition("I am an ally")[2]


def join(learning_set: LearningSet, name: str) -> None:
    """Only people who are in the set together ask each other."""
    if not learning_set.memberships.filter(person=somebody(name)).exists():
        at = learning_set.started_at
        Membership.objects.create(learning_set=learning_set, person=somebody(name), joined_at=at)


def test_being_asked_by_many_takes_as_many_queries_as_by_one(
    own: Client, amara: Person, learning_set: LearningSet
) -> None:
    own.get("/actions/")  # notes once when this session was last seen
    counts = []
    for names in (["tomasz"], ["niamh", "ruth", *map("asker{}".format, range(10))]):
        for name in names:
            join(learning_set, name)
            decided(somebody(name), learning_set, ally=amara)
        with CaptureQueriesContext(connection) as queries:
            html = own.get("/actions/").content.decode()
        assert html.count("asks you to keep them company") == Action.objects.count()
        counts.append(len(queries))
    assert counts[0] == counts[1]
