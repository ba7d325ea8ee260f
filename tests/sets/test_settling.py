"""Agreed by all present at a meeting with a quorum."""

from __future__ import annotations

import pytest

from setwise.people.models import Person
from setwise.sets import agreeing, amending
from setwise.sets.models import GroundRules, Membership
from tests.cast import Cast
from tests.sets.agreements import later, propose, say
from tests.sets.gathering import Gathered, join, newcomer


def settle(rules: GroundRules, present: list[Person]) -> bool:
    done = agreeing.settle_at_meeting(rules, present=[each.id for each in present], at=later(1))
    rules.refresh_from_db()
    assert (rules.state == "in force") == done
    return done


@pytest.fixture
def four_there(company: Cast) -> list[Person]:
    """A quorum of the case's rules, which is four, and the facilitator from outside."""
    return [company.keys[key] for key in ("amara", "tomasz", "bronwen", "yusuf", "ruth")]


def test_all_present_agree_and_the_absent_owe_an_answer(
    company: Cast, four_there: list[Person]
) -> None:
    old = agreeing.rules_in_force(company.learning_set)
    rules = propose(company.seat("member"))
    say(rules, four_there)
    assert rules.state == "proposed"
    assert settle(rules, four_there)
    assert rules.in_force_at == later(1)
    assert old
    old.refresh_from_db()
    assert (old.state, old.past_at) == ("past", later(1))
    owing = {
        key
        for key, person in company.keys.items()
        if agreeing.owes_answer(person, company.learning_set) == rules
    }
    assert owing == {"niamh", "dele"}


def test_the_quorum_is_that_of_the_version_in_force_and_counts_members(
    company: Cast, four_there: list[Person]
) -> None:
    rules = propose(company.seat("member"), quorum=2)
    say(rules, four_there)
    assert not settle(rules, four_there[1:])  # three members and the facilitator
    assert settle(rules, four_there)


@pytest.mark.parametrize("who", ["yusuf", "ruth"])
@pytest.mark.parametrize("says", ["", "no"])
def test_one_present_who_is_silent_or_says_no_keeps_the_earlier_version(
    company: Cast, four_there: list[Person], who: str, says: str
) -> None:
    old = agreeing.rules_in_force(company.learning_set)
    rules = propose(company.seat("member"))
    say(rules, [each for each in four_there if each != company.keys[who]])
    if says:
        say(rules, [company.keys[who]], says)
    present = [*four_there, company.keys["niamh"]]
    say(rules, present[-1:])
    assert not settle(rules, present)
    assert agreeing.rules_in_force(company.learning_set) == old
    say(rules, [company.keys[who]])
    assert settle(rules, present)


def test_an_objection_of_somebody_absent_does_not_bind_the_meeting(
    company: Cast, four_there: list[Person]
) -> None:
    rules = propose(company.seat("member"))
    say(rules, [company.keys["dele"]], "no")
    say(rules, four_there)
    assert settle(rules, four_there)


def test_the_first_rules_go_by_their_own_quorum(three: Gathered) -> None:
    rules = propose(three.seat(0), quorum=3)
    say(rules, three.people[:2])
    assert not settle(rules, three.people[:2])
    amending.withdraw(three.seat(0), rules)
    rules = propose(three.seat(0), quorum=2)
    say(rules, three.people[:2])
    assert settle(rules, three.people[:2])


def test_a_quorum_above_the_sets_size_is_all_its_members(three: Gathered) -> None:
    outside = join(three.learning_set, newcomer("Ffion"))  # asked, but no member
    Membership.objects.filter(pk=outside.pk).update(is_member=False, is_facilitator=True)
    rules = propose(three.seat(0), quorum=9)
    say(rules, three.people)
    assert not settle(rules, three.people[:2])
    assert settle(rules, three.people)


def test_nobody_present_settles_nothing(three: Gathered) -> None:
    rules = propose(three.seat(0), quorum=2)
    say(rules, three.people[:2])
    assert not settle(rules, [])


def test_a_version_in_force_stays_so_and_one_taken_back_does_not_return(three: Gathered) -> None:
    rules = propose(three.seat(0))
    say(rules, three.people)
    assert settle(rules, three.people[:1])
    assert rules.in_force_at != later(1)
    second = propose(three.seat(0))
    say(second, three.people[:2])
    amending.withdraw(three.seat(0), second)
    assert not settle(second, three.people[:2])
