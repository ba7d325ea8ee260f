"""Giving the facilitator's seat is one visible step, which is kept and can be undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from setwise.sets import handing_over, inviting, seating
from setwise.sets.models import Handover, Membership
from tests.cast import Cast
from tests.sets.gathering import Gathered, gather, newcomer
from tests.sets.mailbox import mail
from tests.sets.test_seating import facilitators, people
from tests.sets.visiting import page, queries, signed_in, told

AT = timezone.now()
LATER = AT + timedelta(days=1)


@pytest.fixture
def held(db: None) -> Gathered:
    """Three members of whom the first, Anwen, facilitates."""
    return gather(3, starter="both")


def given(gathered: Gathered, by: int, to: int | None) -> Handover:
    membership = None if to is None else gathered.membership(to)
    handing_over.give_facilitation(gathered.seat(by), to=membership, at=timezone.now())
    row = handing_over.last(gathered.learning_set)
    assert row
    return row


def may(gathered: Gathered) -> list[bool]:
    """Who of the set is offered to undo the last handing over."""
    row = handing_over.last(gathered.learning_set)
    assert row
    return [
        handing_over.may_undo(gathered.seat(number), row) for number in range(len(gathered.people))
    ]


def test_each_step_is_kept_from_whom_to_whom_by_whom_and_when(held: Gathered) -> None:
    for by, to in ((0, 1), (1, None), (2, 0)):
        given(held, by, to)
    rows = Handover.objects.filter(learning_set=held.learning_set).order_by("at")
    names = [
        (
            row.giver and row.giver.person.name,
            row.taker and row.taker.person.name,
            row.by and row.by.name,
        )
        for row in rows
    ]
    assert names == [("Anwen", "Bo", "Anwen"), ("Bo", None, "Bo"), (None, "Anwen", "Chidi")]
    assert [row.undone_at for row in rows] == [None] * 3


def test_giving_it_to_its_holder_or_leaving_an_empty_seat_empty_is_no_step(held: Gathered) -> None:
    handing_over.give_facilitation(held.seat(0), to=held.membership(0), at=AT)
    assert not Handover.objects.exists() and mail() == []
    given(held, 0, None)
    handing_over.give_facilitation(held.seat(1), to=None, at=AT)
    assert Handover.objects.count() == 1


@pytest.mark.parametrize("by", [0, 1])
def test_the_giver_and_the_new_holder_undo_it(held: Gathered, by: int) -> None:
    row = given(held, 0, 1)
    assert may(held) == [True, True, False]
    with pytest.raises(PermissionDenied):
        handing_over.undo(held.seat(2), row, at=LATER)
    assert facilitators(held.learning_set) == ["Bo"]
    handing_over.undo(held.seat(by), row, at=LATER)
    assert facilitators(held.learning_set) == ["Anwen"]
    row.refresh_from_db()
    assert (row.undone_at, row.undone_by) == (LATER, held.people[by])
    assert may(held) == [False] * 3


def test_any_member_undoes_a_seat_left_empty(held: Gathered) -> None:
    row = given(held, 0, None)
    assert may(held) == [True] * 3
    handing_over.undo(held.seat(2), row, at=LATER)
    assert facilitators(held.learning_set) == ["Anwen"]


def test_undoing_a_seat_taken_leaves_it_empty_again(held: Gathered) -> None:
    given(held, 0, None)
    row = given(held, 1, 1)
    handing_over.undo(held.seat(1), row, at=LATER)
    assert facilitators(held.learning_set) == []


def test_where_the_new_holder_has_gone_any_member_may_undo_it(held: Gathered) -> None:
    row = given(held, 0, 1)
    seating.leave(held.seat(1), at=AT)
    assert handing_over.may_undo(held.seat(2), row)
    handing_over.undo(held.seat(2), row, at=LATER)
    assert facilitators(held.learning_set) == ["Anwen"]


def test_what_was_given_on_or_undone_is_not_undone(held: Gathered) -> None:
    first = given(held, 0, 1)
    second = given(held, 1, 2)
    with pytest.raises(seating.NotPossible):
        handing_over.undo(held.seat(0), first, at=LATER)
    handing_over.undo(held.seat(2), second, at=LATER)
    with pytest.raises(seating.NotPossible):
        handing_over.undo(held.seat(2), second, at=LATER)
    assert facilitators(held.learning_set) == ["Bo"]


def test_a_facilitator_who_came_by_invitation_is_not_undone(held: Gathered) -> None:
    row = given(held, 0, None)
    (asked,) = inviting.invite(held.seat(1), emails=["a@b.example"], as_facilitator=True, at=AT)
    inviting.accept(asked, newcomer("Guest"), at=AT)
    assert may(held) == [False] * 3
    with pytest.raises(seating.NotPossible):
        handing_over.undo(held.seat(0), row, at=LATER)
    assert facilitators(held.learning_set) == ["Guest"]


@pytest.mark.parametrize("way", ["left", "suspended"])
def test_a_giver_who_is_out_is_not_brought_back(held: Gathered, way: str) -> None:
    row = given(held, 0, 1)
    if way == "left":
        seating.leave(held.seat(0), at=AT)
    else:
        seating.suspend(held.seat(1), held.membership(0), at=AT)
    with pytest.raises(seating.NotPossible):
        handing_over.undo(held.seat(1), row, at=LATER)
    assert facilitators(held.learning_set) == ["Bo"]


def test_a_giver_from_outside_has_the_same_seat_again(company: Cast) -> None:
    ruth, before = company.people["facilitator"], company.membership("facilitator")
    handing_over.give_facilitation(
        company.seat("facilitator"), to=company.membership("member"), at=AT
    )
    url, client = people(company), signed_in(ruth)
    assert client.get(url).status_code == 404
    row = handing_over.last(company.learning_set)
    assert row
    assert told(signed_in(company.people["member"]), f"{url}facilitator/", undo=row.id) == [
        "Undone."
    ]
    assert client.get(url).status_code == 200
    after = company.membership("facilitator")
    assert (after.pk, after.joined_at, after.left_at, after.left_how) == (
        *(before.pk, before.joined_at, None),
        "",
    )
    assert facilitators(company.learning_set) == [ruth.name]
    assert not company.seat("member").is_facilitator


def test_a_giver_from_outside_who_has_joined_since_holds_the_seat_as_a_member(
    company: Cast,
) -> None:
    Membership.objects.filter(pk=company.membership("late joiner").pk).delete()  # eight is full
    handing_over.give_facilitation(
        company.seat("facilitator"), to=company.membership("member"), at=AT
    )
    ruth = company.people["facilitator"]
    Membership.objects.create(learning_set=company.learning_set, person=ruth, joined_at=AT)
    row = handing_over.last(company.learning_set)
    assert row
    handing_over.undo(company.seat("member"), row, at=LATER)
    seat = company.seat("facilitator")
    assert (seat.is_member, seat.is_facilitator) == (True, True)


@pytest.mark.parametrize("odd", ["nothing", "a\0b", "00000000-0000-4000-8000-000000000000"])
def test_an_odd_undo_is_not_found(held: Gathered, odd: str) -> None:
    given(held, 0, 1)
    client = signed_in(held.people[0])
    assert client.post(f"{people(held)}facilitator/", {"undo": odd}).status_code == 404
    assert facilitators(held.learning_set) == ["Bo"]


def test_a_handing_over_of_another_set_is_not_found(held: Gathered, company: Cast) -> None:
    row = given(held, 0, 1)
    client = signed_in(company.people["facilitator"])
    for gathered in (held, company):
        posted = client.post(f"{people(gathered)}facilitator/", {"undo": row.id})
        assert posted.status_code == 404
    assert facilitators(held.learning_set) == ["Bo"]


def test_live_rooms_are_told_that_the_seats_moved(held: Gathered) -> None:
    row = given(held, 0, 1)
    held.learning_set.refresh_from_db()
    before = held.learning_set.seats_version
    handing_over.undo(held.seat(0), row, at=LATER)
    held.learning_set.refresh_from_db()
    assert held.learning_set.seats_version == before + 1


@pytest.mark.django_db
def test_the_page_takes_as_many_queries_after_many_steps_and_ends_as_after_one() -> None:
    held = gather(7, starter="both")
    client, url, counts = signed_in(held.people[0]), people(held), list[int]()
    for steps, end in (((1, 0), 6), ((1, 0, 2, 0), 5)):
        for number, to in enumerate(steps):
            given(held, 0 if number == 0 else steps[number - 1], to)
        seating.end(held.seat(0), held.membership(end), talked=True, at=timezone.now())
        counts.append(queries(client, url))
    assert page(client, url).count("ended by Anwen") == 2
    assert counts[0] == counts[1]
