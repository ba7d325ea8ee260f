"""Leaving is always possible, and nobody asks why."""

from __future__ import annotations

import pytest
from django.utils import timezone

from setwise.sets import handing_over, seating
from tests.cast import Cast
from tests.sets.gathering import Gathered, gather
from tests.sets.mailbox import mail
from tests.sets.visiting import page, signed_in, told

AT = timezone.now()


def test_the_page_says_what_one_keeps_and_only_its_button_leaves(three: Gathered) -> None:
    url, client = f"/sets/{three.learning_set.id}/people/leave/", signed_in(three.people[1])
    words = page(client, url)
    assert "You keep the records of your own rounds, your actions and your log." in words
    assert three.membership(1).left_at is None
    assert told(client, url) == ["You have left Estuary set."]
    row = three.learning_set.memberships.get(person=three.people[1])
    assert row.left_at and row.left_how == "left"


@pytest.mark.parametrize("role", ["facilitator", "presenter", "late joiner"])
def test_whoever_leaves_is_on_no_list_and_no_letter_tells_why(company: Cast, role: str) -> None:
    name, other = company.people[role].name, signed_in(company.people["member"])
    urls = [
        f"/sets/{company.learning_set.id}/people/",
        f"/sets/{company.learning_set.id}/",
        f"/meetings/{company.meeting.id}/",
    ]
    assert [name in page(other, url) for url in urls] == [True] * 3
    seating.leave(company.seat(role), at=AT)
    assert [name in page(other, url) for url in urls] == [False] * 3
    assert mail() == []


def test_the_last_to_leave_closes_the_set_and_nobody_before(three: Gathered) -> None:
    closed = []
    for number in range(3):
        seating.leave(three.seat(number), at=AT)
        three.learning_set.refresh_from_db()
        closed.append(three.learning_set.closed_at)
    assert closed == [None, None, AT]


def test_leaving_twice_is_leaving_once(three: Gathered) -> None:
    seat = three.seat(0)
    seating.leave(seat, at=AT)
    seating.leave(seat, at=timezone.now())
    row = three.learning_set.memberships.get(person=three.people[0])
    assert row.left_at == AT


@pytest.mark.django_db
def test_an_outside_facilitator_who_gives_the_seat_to_nobody_closes_an_empty_set() -> None:
    alone = gather(1, starter="facilitator")
    handing_over.give_facilitation(alone.seat(0), to=None, at=AT)
    alone.learning_set.refresh_from_db()
    assert alone.learning_set.closed_at == AT
