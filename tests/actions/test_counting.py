"""Pages of actions take as many queries with many rows as with one: their keys are read at once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from setwise.actions import allying, progressing
from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.sets.models import LearningSet
from tests.actions.company import browser, decided, somebody
from tests.sets.visiting import queries

pytestmark = pytest.mark.django_db


def one_of_each(amara: Person, tomasz: Person, learning_set: LearningSet, number: int) -> None:
    """A draft, an open one, one that ended, and one of Tomasz whose ally Amara is."""
    at = timezone.now()
    decided(amara, learning_set, f"Draft {number}", typed_by=tomasz)
    decided(amara, learning_set, f"Open {number}")
    progressing.tell(decided(amara, learning_set, f"Ended {number}"), state="done", at=at)
    allied = decided(tomasz, learning_set, f"Allied {number}", ally=amara)
    assert allying.answer(amara, allied.pk, yes=True, at=at)


def test_my_actions(amara: Person, tomasz: Person, learning_set: LearningSet) -> None:
    own, counts = browser(amara), []
    for numbers in (range(1), range(1, 11)):
        for number in numbers:
            one_of_each(amara, tomasz, learning_set, number)
        html = own.get("/actions/").content.decode()
        for kind in ("Draft", "Open", "Ended", "Allied"):
            assert html.count(f"{kind} ") >= numbers.stop, kind
        counts.append(queries(own, "/actions/"))
    assert counts[0] == counts[1]


def test_actions_whose_allies_one_is_in_many_hands(
    amara: Person, learning_set: LearningSet
) -> None:
    names, counts = ("tomasz", "niamh", "ruth"), []
    for some in (names[:1], names[1:]):
        for name in some:
            action = decided(somebody(name), learning_set, f"Of {name}", ally=amara)
            assert allying.answer(amara, action.pk, yes=True, at=timezone.now())
        counts.append(queries(browser(amara), "/actions/"))
    html = browser(amara).get("/actions/").content.decode()
    assert all(f"Of {name}" in html for name in names)
    assert counts[0] == counts[1]


def test_one_action_and_all_that_was_told_of_it(amara: Person, action: Action) -> None:
    own, url, counts = browser(amara), f"/actions/{action.id}/", []
    for numbers in (range(1), range(1, 11)):
        for number in numbers:
            progressing.tell(
                action,
                state="going",
                happened=f"Happened {number}",
                learned=f"Learned {number}",
                at=timezone.now(),
            )
        assert f"Happened {numbers.stop - 1}" in own.get(url).content.decode()
        counts.append(queries(own, url))
    assert counts[0] == counts[1]
