"""*Can you live with this?* Everyone's yes puts a version in force; silence is no answer."""

from __future__ import annotations

import pytest

from setwise.sets import agreeing, amending, seating
from setwise.sets.models import GroundRules
from tests.cast import Cast
from tests.sets.agreements import AT, WORDS, later, propose, say, words_of
from tests.sets.gathering import Gathered, join, newcomer


def floor_holds(gathered: Gathered) -> bool:
    binding = agreeing.current_settings(gathered.learning_set)
    return (binding.record_readers, binding.steward_sees, binding.protocol, binding.number) == (
        *("presenter", "none", "first-meeting"),
        0,
    )


def test_a_floor_holds_from_the_first_minute_until_rules_are_in_force(three: Gathered) -> None:
    held = [floor_holds(three)]
    rules = propose(three.seat(0), record_readers="present", steward_sees="names")
    held.append(floor_holds(three))
    say(rules, three.people[:2])
    held.append(floor_holds(three))
    amending.withdraw(three.seat(0), rules)
    held.append(floor_holds(three))
    assert held == [True] * 4
    say(propose(three.seat(0), record_readers="present"), three.people)
    assert not floor_holds(three)


def test_a_version_is_in_force_with_the_last_yes(three: Gathered) -> None:
    rules = propose(three.seat(0), record_readers="present")
    assert say(rules, three.people[:2], at=later(1)) == ["proposed", "proposed"]
    assert say(rules, three.people[2:], at=later(2)) == ["in force"]
    assert rules.in_force_at == later(2)
    binding = agreeing.current_settings(three.learning_set)
    assert (binding, binding.record_readers, binding.protocol) == (rules, "present", "classic")


def test_a_no_keeps_the_floor_until_it_is_a_yes(three: Gathered) -> None:
    rules = propose(three.seat(0))
    assert say(rules, three.people[:1], "no") == ["proposed"]
    assert say(rules, three.people[1:]) == ["proposed", "proposed"]
    assert floor_holds(three)
    assert say(rules, three.people[:1]) == ["in force"]


def test_a_no_to_an_amendment_keeps_the_earlier_version(three: Gathered) -> None:
    first = propose(three.seat(0))
    say(first, three.people)
    second = propose(three.seat(0), record_readers="present")
    say(second, three.people[:2])
    say(second, three.people[2:], "no")
    first.refresh_from_db()
    assert (first.state, second.state) == ("in force", "proposed")
    assert agreeing.current_settings(three.learning_set) == first


def test_silence_is_neither_consent_nor_veto(three: Gathered) -> None:
    rules = propose(three.seat(0))
    say(rules, three.people[:2], at=later(100))
    assert rules.state == "proposed"
    assert agreeing.owed_by(three.people[2]) == {three.learning_set.id: rules}


def test_whoever_is_suspended_or_gone_is_not_waited_for(company: Cast) -> None:
    rules = propose(company.seat("member"))
    seated = [row.person for row in company.learning_set.memberships.seated()]
    others = {company.people["suspended"], company.people["former"]}
    assert not others & set(seated)
    assert say(rules, seated) == ["proposed"] * (len(seated) - 1) + ["in force"]


def test_a_facilitator_from_outside_is_asked_too(company: Cast) -> None:
    rules = propose(company.seat("member"))
    facilitator = company.people["facilitator"]
    seated = [row.person for row in company.learning_set.memberships.seated()]
    say(rules, [person for person in seated if person != facilitator])
    assert rules.state == "proposed"
    assert say(rules, [facilitator]) == ["in force"]


def test_whoever_joins_while_a_version_is_proposed_is_asked_too(three: Gathered) -> None:
    rules = propose(three.seat(0))
    say(rules, three.people[:2])
    fourth = newcomer("Delyth")
    join(three.learning_set, fourth)
    assert say(rules, three.people[2:]) == ["proposed"]
    assert say(rules, [fourth]) == ["in force"]


def test_somebody_joining_never_suspends_the_rules_and_owes_an_answer(three: Gathered) -> None:
    rules = propose(three.seat(0))
    say(rules, three.people, at=later(1))
    fourth = newcomer("Delyth")
    join(three.learning_set, fourth)
    assert agreeing.rules_in_force(three.learning_set) == rules
    assert agreeing.owes_answer(fourth, three.learning_set) == rules
    assert [agreeing.owes_answer(each, three.learning_set) for each in three.people] == [None] * 3
    say(rules, [fourth], at=later(5))
    assert agreeing.owes_answer(fourth, three.learning_set) is None
    assert (rules.state, rules.in_force_at) == ("in force", later(1))


def test_an_absentees_no_is_no_veto_and_is_kept(three: Gathered) -> None:
    rules = propose(three.seat(0), quorum=2)
    say(rules, three.people[:2])
    present = [person.id for person in three.people[:2]]
    assert agreeing.settle_at_meeting(rules, present=present, at=later(1))
    assert agreeing.owes_answer(three.people[2], three.learning_set) == rules
    assert say(rules, three.people[2:], "no", at=later(2)) == ["in force"]
    row = rules.assents.get(person=three.people[2])
    assert (row.answer, row.answered_at) == ("no", later(2))


@pytest.mark.parametrize("state", ["draft", "past", "withdrawn"])
def test_only_what_is_proposed_or_in_force_can_be_answered(three: Gathered, state: str) -> None:
    rules = propose(three.seat(0))
    GroundRules.objects.filter(pk=rules.pk).update(state=state)
    with pytest.raises(agreeing.NotProposed):
        agreeing.answer(three.seat(0), rules, says="yes", at=AT)
    assert not rules.assents.exists()


def test_every_version_is_kept_with_who_agreed_and_when(three: Gathered) -> None:
    first = propose(three.seat(0), quorum=2)
    for day, person in enumerate(three.people, 1):
        say(first, [person], at=later(day))
    second = propose(three.seat(0), words=[("other", "We end early.")], at=later(10))
    say(second, three.people, at=later(20))
    first.refresh_from_db()
    assert (first.state, first.in_force_at, first.past_at) == ("past", later(3), later(20))
    assert (words_of(first), first.quorum) == (list(WORDS), 2)
    assert [
        (row.person, row.answer, row.answered_at) for row in first.assents.order_by("answered_at")
    ] == [(person, "yes", later(day)) for day, person in enumerate(three.people, 1)]
    assert (second.state, second.number) == ("in force", 2)


def test_a_person_owes_each_of_their_sets_its_own_answer_a_proposal_first(
    company: Cast, three: Gathered
) -> None:
    late = company.people["late joiner"]
    join(three.learning_set, late)
    in_force = agreeing.rules_in_force(company.learning_set)
    theirs = propose(three.seat(0))
    assert agreeing.owed_by(late) == {
        company.learning_set.id: in_force,
        three.learning_set.id: theirs,
    }
    proposal = propose(company.seat("member"))
    assert agreeing.owed_by(late)[company.learning_set.id] == proposal
    assert company.learning_set.id not in agreeing.owed_by(three.people[1])
    seating.leave(company.seat("late joiner"), at=AT)
    assert agreeing.owed_by(late) == {three.learning_set.id: theirs}
