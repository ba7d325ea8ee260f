"""The facilitator's seat: given over and back, left empty, and never taken from anybody."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from setwise.sets import handing_over, seating
from setwise.sets.models import LearningSet, Membership
from tests.cast import Cast
from tests.sets.gathering import Gathered, gather
from tests.sets.visiting import page, signed_in, told

AT = timezone.now()


def facilitators(learning_set: LearningSet) -> list[str]:
    rows = learning_set.memberships.current().filter(is_facilitator=True)
    return [row.person.name for row in rows.select_related("person")]


@pytest.fixture
def held(db: None) -> Gathered:
    """Three members of whom the first facilitates."""
    return gather(3, starter="both")


def test_the_seat_is_given_over_and_back_and_nothing_else_moves(held: Gathered) -> None:
    before = list(held.learning_set.memberships.order_by("id").values())
    handing_over.give_facilitation(held.seat(0), to=held.membership(1), at=AT)
    assert facilitators(held.learning_set) == ["Bo"]
    assert (held.seat(0).is_member, held.seat(0).is_facilitator) == (True, False)
    handing_over.give_facilitation(held.seat(1), to=held.membership(0), at=AT)
    assert list(held.learning_set.memberships.order_by("id").values()) == before


def test_the_seat_can_be_left_empty_and_then_any_member_takes_or_gives_it(held: Gathered) -> None:
    handing_over.give_facilitation(held.seat(0), to=None, at=AT)
    assert facilitators(held.learning_set) == []
    handing_over.give_facilitation(held.seat(1), to=held.membership(2), at=AT)
    assert facilitators(held.learning_set) == ["Chidi"]
    handing_over.give_facilitation(held.seat(2), to=None, at=AT)
    handing_over.give_facilitation(held.seat(1), to=held.membership(1), at=AT)
    assert facilitators(held.learning_set) == ["Bo"]


@pytest.mark.parametrize("to", [1, 2, None])
def test_nobody_takes_the_seat_from_its_holder(held: Gathered, to: int | None) -> None:
    given = None if to is None else held.membership(to)
    with pytest.raises(PermissionDenied):
        handing_over.give_facilitation(held.seat(1), to=given, at=AT)
    assert facilitators(held.learning_set) == ["Anwen"]


def test_a_facilitator_from_outside_leaves_the_set_with_the_seat(company: Cast) -> None:
    row = company.membership("facilitator")
    client = signed_in(company.people["facilitator"])
    assert "giving the seat away means leaving the set" in page(client, people(company))
    answer = client.post(
        f"{people(company)}facilitator/", {"to": company.membership("member").id}, follow=True
    )
    assert [status for _, status in answer.redirect_chain] == [302]
    assert answer.redirect_chain[0][0].startswith("/handovers/")
    row.refresh_from_db()
    assert (row.is_facilitator, row.left_how) == (True, "left") and row.left_at
    assert client.get(people(company)).status_code == 404
    assert facilitators(company.learning_set) == [company.people["member"].name]


@pytest.mark.parametrize("role", ["suspended", "former", "other set"])
def test_nobody_who_may_not_enter_is_given_the_seat_and_the_giver_keeps_it(
    company: Cast, role: str
) -> None:
    given = Membership.objects.get(person=company.people[role])
    with pytest.raises(seating.NotPossible):
        handing_over.give_facilitation(company.seat("facilitator"), to=given, at=AT)
    assert facilitators(company.learning_set) == [company.people["facilitator"].name]


def test_the_page_says_who_facilitates_and_offers_the_seat_to_its_holder_alone(
    held: Gathered,
) -> None:
    url = people(held)
    holder, other = signed_in(held.people[0]), signed_in(held.people[1])
    assert "Anwen facilitates." in page(other, url)
    assert "Give the seat" in page(holder, url) and "Give the seat" not in page(other, url)
    assert other.post(f"{url}facilitator/", {"to": held.membership(1).id}).status_code == 403
    chosen = held.membership(1).id
    assert told(holder, f"{url}facilitator/", to=chosen) == ["Bo facilitates now."]
    assert told(other, f"{url}facilitator/", to="") == ["The facilitator’s seat is empty now."]
    assert "Nobody does: you chair and arrange meetings by turns" in page(other, url)


@pytest.mark.parametrize("to", ["nobody", "a\0b", "0" * 5000, "former", "other set"])
def test_an_odd_choice_is_not_found_and_moves_nothing(company: Cast, to: str) -> None:
    if to in company.people:
        to = str(Membership.objects.get(person=company.people[to]).id)
    client = signed_in(company.people["facilitator"])
    assert client.post(f"{people(company)}facilitator/", {"to": to}).status_code == 404
    assert facilitators(company.learning_set) == [company.people["facilitator"].name]


def test_a_facilitator_who_leaves_leaves_the_seat_empty(held: Gathered) -> None:
    seating.leave(held.seat(0), at=AT)
    assert facilitators(held.learning_set) == []
    handing_over.give_facilitation(held.seat(1), to=held.membership(1), at=AT)
    assert facilitators(held.learning_set) == ["Bo"]


def people(gathered: Gathered | Cast) -> str:
    return f"/sets/{gathered.learning_set.id}/people/"
