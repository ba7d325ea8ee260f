"""An action is its owner's: nobody else comes near it, and leaving a set takes none away."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from setwise.actions.models import Action, Progress
from setwise.people.models import Person
from setwise.sets import seating, seats
from setwise.sets.models import LearningSet, Membership
from tests.actions.company import TEXT, browser, decided, leave, somebody, words_of

pytestmark = pytest.mark.django_db


def pages(action: Action) -> list[str]:
    return [f"/actions/{action.id}/", f"/actions/{action.id}/edit/"]


def statuses(client: Client, action: Action) -> list[int]:
    return [client.get(path).status_code for path in pages(action)]


@pytest.mark.parametrize("name", ["ruth", "tomasz", "stranger"])
def test_others_are_told_of_no_such_action(
    action: Action, amara: Person, stranger: Person, name: str
) -> None:
    assert statuses(browser(amara), action) == [200, 200]  # there is something to keep
    other, before = browser(somebody(name)), words_of(action)
    assert statuses(other, action) == [404, 404]
    url = f"/actions/{action.id}/"
    posts = [
        other.post(url, {"state": "done"}),
        other.post(f"{url}edit/", {"text": "Mine"}),
        other.post(f"{url}confirmation/", {"discard": "1"}),
        other.post(f"{url}ally/", {"answer": "yes"}),
    ]
    assert [answer.status_code for answer in posts] == [404] * 4
    assert TEXT not in other.get("/actions/").content.decode()
    row = Action.objects.get()
    assert (words_of(row), row.state, row.ally) == (before, "open", None)
    assert not Progress.objects.exists()


def test_an_operator_reads_no_action(action: Action) -> None:
    operator = somebody("operator", is_staff=True)
    assert statuses(browser(operator), action) == [404, 404]


def test_whoever_is_not_signed_in_signs_in_first(action: Action, client: Client) -> None:
    for path in ["/actions/", *pages(action)]:
        assert client.get(path).headers["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("how", ["left", "ended", "suspended"])
def test_own_actions_are_kept_when_a_membership_is_over(
    action: Action, amara: Person, learning_set: LearningSet, how: str
) -> None:
    membership = Membership.objects.get(person=amara)
    ruth = seats.take(somebody("ruth"), learning_set.pk)
    if how == "left":
        leave(amara, learning_set)
    elif how == "ended":
        seating.end(ruth, membership, talked=True, at=timezone.now())
    else:
        seating.suspend(ruth, membership, at=timezone.now())
    own = browser(amara)
    assert own.get(f"/sets/{learning_set.id}/").status_code == 404  # the set itself is closed
    assert TEXT in own.get("/actions/").content.decode()
    assert statuses(own, action) == [200, 200]
    assert own.post(f"/actions/{action.id}/", {"state": "done"}).status_code == 302
    assert own.post(f"/actions/{action.id}/edit/", {"text": "Later"}).status_code == 302
    assert (words_of(action)[0], Action.objects.get().state) == ("Later", "done")


def test_a_draft_waits_for_whoever_has_left_the_set(
    draft: Action, amara: Person, learning_set: LearningSet
) -> None:
    leave(amara, learning_set)
    own = browser(amara)
    assert "Written down for you" in own.get("/actions/").content.decode()
    assert own.post(f"/actions/{draft.id}/confirmation/").status_code == 302
    assert list(Action.objects.open()) == [draft]


def test_the_page_of_ones_actions_holds_ones_own_and_says_so_when_there_are_none(
    action: Action, amara: Person, tomasz: Person, learning_set: LearningSet
) -> None:
    decided(tomasz, learning_set, "His own")
    assert "His own" in browser(tomasz).get("/actions/").content.decode()
    assert "His own" not in browser(amara).get("/actions/").content.decode()
    assert (
        "No open actions. What you decide in a meeting comes here."
        in browser(somebody("niamh")).get("/actions/").content.decode()
    )
