"""A door closed to one person for safety: the set learns that, not why."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from setwise.sets import handing_over, seating
from tests.cast import Cast
from tests.sets.mailbox import mail, received
from tests.sets.visiting import page, signed_in, told

AT = timezone.now()


def url(company: Cast, role: str) -> str:
    row = company.membership(role)
    return f"/sets/{company.learning_set.id}/people/{row.id}/suspension/"


def test_the_person_gets_one_letter_and_nobody_else_any(company: Cast) -> None:
    row, client = company.membership("member"), signed_in(company.people["facilitator"])
    name, said = row.person.name, "cannot enter for now."
    for _ in range(2):
        assert told(client, url(company, "member")) == [f"{name} {said}"]
    assert received("suspended") == received("") == {row.person.email: 1}
    assert "The set is told that, and not why." in mail()[0].prose


def test_access_is_given_again_with_one_letter(company: Cast) -> None:
    facilitator = company.seat("facilitator")
    member, path = company.people["member"], f"/sets/{company.learning_set.id}/"
    for _ in range(2):
        seating.suspend(facilitator, company.membership("member"), at=AT)
        assert signed_in(member).get(path).status_code == 404
        for _ in range(2):
            seating.restore(facilitator, company.membership("member"), at=timezone.now())
        assert signed_in(member).get(path).status_code == 200
    assert (received("suspended"), received("restored")) == ({member.email: 1}, {member.email: 2})


def test_the_set_sees_that_access_is_suspended(company: Cast) -> None:
    other, people = signed_in(company.people["member"]), f"/sets/{company.learning_set.id}/people/"
    before = page(other, people).count("Access suspended")
    seating.suspend(company.seat("facilitator"), company.membership("presenter"), at=AT)
    assert page(other, people).count("Access suspended") == before + 1 == 2


@pytest.mark.parametrize("restore", ["", "1"])
def test_only_the_facilitator_closes_or_opens_the_door(company: Cast, restore: str) -> None:
    for role in ("member", "late joiner"):
        client = signed_in(company.people[role])
        for of in ("presenter", "suspended"):
            answer = client.post(url(company, of), {"restore": restore})
            assert answer.status_code == 403
    assert company.membership("presenter").suspended_at is None
    assert company.membership("suspended").suspended_at
    assert mail() == []


def test_where_nobody_facilitates_nobody_is_suspended(company: Cast) -> None:
    handing_over.give_facilitation(company.seat("facilitator"), to=None, at=AT)
    with pytest.raises(PermissionDenied):
        seating.suspend(company.seat("member"), company.membership("presenter"), at=AT)
    assert company.membership("presenter").suspended_at is None


def test_nobody_suspends_themselves(company: Cast) -> None:
    client = signed_in(company.people["facilitator"])
    assert told(client, url(company, "facilitator")) == [
        "You cannot suspend yourself; you can leave."
    ]
    assert company.membership("facilitator").suspended_at is None


def test_a_former_seat_is_neither_suspended_nor_restored(company: Cast) -> None:
    row = company.membership("former")
    seating.suspend(company.seat("facilitator"), row, at=AT)
    seating.restore(company.seat("facilitator"), row, at=AT)
    row.refresh_from_db()
    assert (row.suspended_at, mail()) == (None, [])


def test_a_seat_of_another_set_is_not_found(company: Cast) -> None:
    row = company.people["other set"].memberships.get()
    path = f"/sets/{company.learning_set.id}/people/{row.id}/suspension/"
    assert signed_in(company.people["facilitator"]).post(path).status_code == 404
    seating.suspend(company.seat("facilitator"), row, at=AT)
    row.refresh_from_db()
    assert (row.suspended_at, mail()) == (None, [])
