"""An ally sees an action while both of them are in its set: who leaves loses sight of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from setwise.actions import allying, deciding
from setwise.actions.deciding import Decision
from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.sets.models import LearningSet, Membership
from tests.actions.company import TEXT, browser, decided, leave

pytestmark = pytest.mark.django_db


def suspend(person: Person, learning_set: LearningSet) -> None:
    Membership.objects.filter(person=person, learning_set=learning_set).update(
        suspended_at=timezone.now()
    )


def end(person: Person, learning_set: LearningSet) -> None:
    Membership.objects.filter(person=person, learning_set=learning_set).update(
        left_at=timezone.now(), left_how="ended"
    )


gone = pytest.mark.parametrize("go", [leave, suspend, end])
who = pytest.mark.parametrize("name", ["amara", "tomasz"])


@pytest.fixture
def allied(amara: Person, tomasz: Person, learning_set: LearningSet) -> Action:
    """Amara's action, whose ally Tomasz is."""
    action = decided(amara, learning_set, ally=tomasz)
    assert allying.answer(tomasz, action.pk, yes=True, at=timezone.now())
    return action


@who
@gone
def test_sight_is_lost_when_either_is_out_of_the_set(
    allied: Action,
    tomasz: Person,
    learning_set: LearningSet,
    name: str,
    go: Callable[[Person, LearningSet], None],
) -> None:
    friend, url = browser(tomasz), f"/actions/{allied.id}/"
    assert friend.get(url).status_code == 200
    assert TEXT in friend.get("/actions/").content.decode()
    go(Person.objects.get(email=f"{name}@setwise.example"), learning_set)
    assert friend.get(url).status_code == 404
    assert friend.post(url, {"state": "done"}).status_code == 404
    assert TEXT not in friend.get("/actions/").content.decode()
    assert list(Action.objects.visible_to(tomasz)) == []


@who
@gone
def test_nobody_is_asked_across_a_sets_door(
    amara: Person,
    tomasz: Person,
    learning_set: LearningSet,
    name: str,
    go: Callable[[Person, LearningSet], None],
) -> None:
    action = decided(amara, learning_set, ally=tomasz)
    assert list(allying.asked_of(tomasz)) == [action]
    go(Person.objects.get(email=f"{name}@setwise.example"), learning_set)
    assert list(allying.asked_of(tomasz)) == []
    for answer in ("yes", "no"):
        posted = browser(tomasz).post(f"/actions/{action.id}/ally/", {"answer": answer})
        assert posted.status_code == 404
    action.refresh_from_db()
    assert (action.ally, action.ally_accepted_at) == (tomasz, None)


def test_a_seat_in_another_set_of_both_opens_nothing(
    allied: Action, amara: Person, tomasz: Person, learning_set: LearningSet
) -> None:
    other = LearningSet.objects.exclude(pk=learning_set.pk)
    assert not other.exists()
    from tests.actions.company import gather

    gather("amara", "tomasz", name="Another set")
    assert list(Action.objects.visible_to(tomasz)) == [allied]
    leave(tomasz, learning_set)
    assert list(Action.objects.visible_to(tomasz)) == []


def test_the_owner_keeps_what_is_their_own(
    allied: Action, amara: Person, learning_set: LearningSet
) -> None:
    leave(amara, learning_set)
    assert TEXT in browser(amara).get(f"/actions/{allied.id}/").content.decode()
    assert list(allying.possible(allied)) == []


def test_whoever_may_enter_again_sees_it_again(
    allied: Action, tomasz: Person, learning_set: LearningSet
) -> None:
    suspend(tomasz, learning_set)
    assert list(Action.objects.visible_to(tomasz)) == []
    Membership.objects.filter(person=tomasz).update(suspended_at=None)
    assert list(Action.objects.visible_to(tomasz)) == [allied]


def test_a_note_takers_draft_asks_no_ally_before_its_owner_confirms(
    amara: Person, tomasz: Person, niamh: Person, learning_set: LearningSet
) -> None:
    draft = decided(amara, learning_set, ally=niamh, typed_by=tomasz)
    assert not allying.answer(niamh, draft.pk, yes=True, at=timezone.now())
    deciding.change(draft, decision=Decision(TEXT, ally=niamh), at=timezone.now())
    assert allying.answer(niamh, draft.pk, yes=True, at=timezone.now())
