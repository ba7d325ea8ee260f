"""A membership is ended by the others, after they have talked with the person."""

from __future__ import annotations

import pytest
from django.utils import timezone

from setwise.sets import seating
from tests.cast import Cast
from tests.sets.gathering import Gathered
from tests.sets.mailbox import mail, received
from tests.sets.visiting import page, signed_in, told

AT = timezone.now()
TALK = "Talk with the person first, and say here that you did."


def url(company: Cast, role: str) -> str:
    return f"/sets/{company.learning_set.id}/people/{company.membership(role).id}/end/"


def test_nothing_is_done_until_somebody_says_that_they_talked(company: Cast) -> None:
    client, where = signed_in(company.people["facilitator"]), url(company, "member")
    name = company.people["member"].name
    assert f"End the membership of {name}?" in page(client, where)
    assert told(client, where) == [TALK]
    assert (company.membership("member").left_at, mail()) == (None, [])
    assert told(client, where, talked="1") == [f"{name} is no longer in the set."]
    row = company.membership("member")
    assert row.left_at and row.left_how == "ended"


def test_the_person_gets_one_letter_and_nobody_else_any(company: Cast) -> None:
    row = company.membership("member")
    for at in (AT, timezone.now()):
        seating.end(company.seat("facilitator"), row, talked=True, at=at)
    assert received("") == {row.person.email: 1}
    assert "You keep the records of your own rounds" in mail(about="ended")[0].prose
    row.refresh_from_db()
    assert row.left_at == AT


@pytest.mark.parametrize("role", ["presenter", "facilitator", "suspended"])
def test_any_other_person_of_the_set_ends_a_seat_and_the_set_sees_who_did(
    company: Cast, role: str
) -> None:
    client, person = signed_in(company.people["member"]), company.people[role]
    assert told(client, url(company, role), talked="1") == [f"{person} is no longer in the set."]
    row = company.membership(role)
    assert (row.left_how, row.ended_by) == ("ended", company.people["member"])
    assert received("ended") == {person.email: 1}
    words = page(signed_in(company.people["apologies"]), f"/sets/{company.learning_set.id}/people/")
    ended = words.partition("Ended memberships")[2].partition("</section>")[0]
    assert f"{person}<" in ended and f"ended by {company.people['member']} on" in ended


def test_ones_own_seat_is_left_and_not_ended(company: Cast) -> None:
    for role in ("member", "facilitator"):
        client, where = signed_in(company.people[role]), url(company, role)
        answer = client.get(where)
        assert answer.status_code == 403
        assert "To end your own membership, leave the set." in answer.content.decode()
        assert told(client, where, talked="1") == ["To end your own membership, leave the set."]
        assert company.membership(role).left_at is None


def test_whoever_left_of_their_own_accord_is_not_listed_as_ended(company: Cast) -> None:
    where = f"/sets/{company.learning_set.id}/people/"
    seating.leave(company.seat("apologies"), at=AT)
    assert "Ended memberships" not in page(signed_in(company.people["member"]), where)


def test_where_nobody_facilitates_any_other_member_may(three: Gathered) -> None:
    seating.end(three.seat(1), three.membership(2), talked=True, at=AT)
    assert received("ended") == {three.people[2].email: 1}
    with pytest.raises(seating.NotPossible, match="leave the set"):
        seating.end(three.seat(1), three.membership(1), talked=True, at=AT)
    assert three.membership(1).left_at is None


def test_a_suspended_persons_seat_can_be_ended(company: Cast) -> None:
    row = company.membership("suspended")
    seating.end(company.seat("facilitator"), row, talked=True, at=AT)
    row.refresh_from_db()
    assert (row.left_how, received("ended")) == ("ended", {row.person.email: 1})


def test_a_seat_of_another_set_stays(company: Cast, three: Gathered) -> None:
    row = three.membership(1)
    where = f"/sets/{company.learning_set.id}/people/{row.id}/end/"
    client = signed_in(company.people["facilitator"])
    assert [client.get(where).status_code, client.post(where, {"talked": "1"}).status_code] == [
        404,
        404,
    ]
    for role in ("facilitator", "member"):
        seating.end(company.seat(role), row, talked=True, at=AT)
    row.refresh_from_db()
    assert (row.left_at, mail()) == (None, [])
