"""Whoever goes is waited for no more: what all the others said yes to is in force then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from setwise.sets import agreeing, amending, handing_over, seating
from tests.cast import Cast
from tests.sets.agreements import propose, say
from tests.sets.gathering import Gathered, gather

AT = timezone.now()


def leave(gathered: Gathered, number: int) -> None:
    seating.leave(gathered.seat(number), at=AT)


def end(gathered: Gathered, number: int) -> None:
    seating.end(gathered.seat(0), gathered.membership(number), talked=True, at=AT)


def suspend(gathered: Gathered, number: int) -> None:
    seating.suspend(gathered.seat(0), gathered.membership(number), at=AT)


ways = pytest.mark.parametrize("go", [leave, end, suspend])
Go = Callable[[Gathered, int], None]


@pytest.fixture
def four(db: None) -> Gathered:
    """Four members, of whom the first facilitates."""
    return gather(4, starter="both")


@ways
def test_the_last_who_was_silent_goes_and_the_proposal_is_in_force(four: Gathered, go: Go) -> None:
    rules = propose(four.seat(0))
    say(rules, four.people[:2])
    go(four, 3)
    rules.refresh_from_db()
    assert rules.state == "proposed"  # Chidi is still silent
    go(four, 2)
    rules.refresh_from_db()
    assert (rules.state, rules.in_force_at) == ("in force", AT)
    assert agreeing.rules_in_force(four.learning_set) == rules


@ways
def test_the_last_who_said_no_goes_and_the_proposal_is_in_force(four: Gathered, go: Go) -> None:
    first = propose(four.seat(0))
    say(first, four.people)
    rules = propose(four.seat(0))
    say(rules, four.people[:3])
    say(rules, four.people[3:], "no")
    go(four, 3)
    rules.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, rules.state) == ("past", "in force")


@ways
def test_somebody_elses_no_keeps_it_waiting(four: Gathered, go: Go) -> None:
    rules = propose(four.seat(0))
    say(rules, four.people[:2])
    say(rules, four.people[2:3], "no")
    go(four, 3)
    rules.refresh_from_db()
    assert rules.state == "proposed"


@ways
def test_a_draft_is_not_put_in_force(four: Gathered, go: Go) -> None:
    draft = amending.draft(four.seat(0), at=AT)
    go(four, 3)
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.django_db
def test_the_last_to_leave_puts_nothing_in_force() -> None:
    one = gather(1)
    rules = propose(one.seat(0))
    leave(one, 0)
    rules.refresh_from_db()
    assert rules.state == "proposed"


def test_a_facilitator_from_outside_who_gives_the_seat_away_is_waited_for_no_more(
    company: Cast,
) -> None:
    rules = propose(company.seat("member"))
    ruth = company.people["facilitator"]
    seated = [row.person for row in company.learning_set.memberships.seated()]
    say(rules, [person for person in seated if person != ruth])
    handing_over.give_facilitation(company.seat("facilitator"), to=None, at=AT)
    rules.refresh_from_db()
    assert rules.state == "in force"
