"""A facilitator from outside who gave the seat away left the set: for a week they may undo that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from setwise.sets import handing_over, seating
from setwise.sets.models import Handover, Membership
from tests.cast import ROLES, Cast
from tests.sets.mailbox import mail
from tests.sets.test_seating import facilitators, people
from tests.sets.visiting import page, signed_in, told

pytestmark = pytest.mark.long


@pytest.fixture
def row(company: Cast) -> Handover:
    """Ruth, from outside, gives the seat to Tomasz by the page."""
    client = signed_in(company.people["facilitator"])
    answer = client.post(f"{people(company)}facilitator/", {"to": company.membership("member").pk})
    row = Handover.objects.get()
    assert answer["Location"] == f"/handovers/{row.pk}/"
    return row


def aged(row: Handover, age: timedelta) -> None:
    at = timezone.now() - age
    Handover.objects.filter(pk=row.pk).update(at=at)
    assert row.giver_id
    Membership.objects.filter(pk=row.giver_id).update(left_at=at)


def test_the_giver_alone_opens_the_page_that_undoes_it(company: Cast, row: Handover) -> None:
    url = f"/handovers/{row.pk}/"
    opened = {role: signed_in(company.people[role]).get(url).status_code for role in ROLES}
    assert opened == {role: 200 if role == "facilitator" else 404 for role in ROLES}
    posted = {
        role: signed_in(company.people[role]).post(url).status_code
        for role in ROLES
        if role != "facilitator"
    }
    assert set(posted.values()) == {404}
    assert facilitators(company.learning_set) == ["Tomasz Zieliński"]


def test_it_shows_nothing_else_of_the_set(company: Cast, row: Handover) -> None:
    client = signed_in(company.people["facilitator"])
    seen = page(client, f"/handovers/{row.pk}/")
    assert company.learning_set.name in seen and "Tomasz Zieliński facilitates" in seen
    for role in ("presenter", "apologies"):
        assert company.people[role].name not in seen
    assert company.learning_set.purpose not in seen
    assert client.get(people(company)).status_code == 404


def test_one_press_undoes_it_and_the_set_is_told(company: Cast, row: Handover) -> None:
    ruth = company.people["facilitator"]
    url = f"/handovers/{row.pk}/"
    before = len(mail())
    assert told(signed_in(ruth), url) == [
        f"Undone. You facilitate {company.learning_set.name} again."
    ]
    assert facilitators(company.learning_set) == [ruth.name]
    row.refresh_from_db()
    assert row.undone_by == ruth
    assert len(mail()) - before == len(
        company.learning_set.memberships.filter(left_at=None, suspended_at=None)
    )
    assert signed_in(ruth).get(url).status_code == 404  # it is undone


def test_the_letter_leads_there(company: Cast, row: Handover) -> None:
    (letter,) = mail(to=company.people["facilitator"].email)
    assert "You have left the set with it." in letter.prose
    assert f"/handovers/{row.pk}/" in letter.prose


@pytest.mark.parametrize(("age", "status"), [(6.9, 200), (7.1, 404)])
def test_it_is_open_for_a_week(company: Cast, row: Handover, age: float, status: int) -> None:
    aged(row, timedelta(days=age))
    client = signed_in(company.people["facilitator"])
    assert client.get(f"/handovers/{row.pk}/").status_code == status
    assert client.post(f"/handovers/{row.pk}/").status_code == (302 if status == 200 else 404)


@pytest.mark.parametrize("how", ["given on", "undone", "suspended since"])
def test_what_has_changed_since_is_not_undone(company: Cast, row: Handover, how: str) -> None:
    member, at = company.seat("member"), timezone.now()
    if how == "given on":
        handing_over.give_facilitation(member, to=company.membership("presenter"), at=at)
    elif how == "undone":
        handing_over.undo(member, row, at=at)
        seating.end(company.seat("member"), company.membership("facilitator"), talked=True, at=at)
    else:
        assert row.giver_id
        company.learning_set.memberships.filter(pk=row.giver_id).update(
            left_how="ended", left_at=at
        )
    client = signed_in(company.people["facilitator"])
    assert client.post(f"/handovers/{row.pk}/").status_code == 404
    assert company.people["facilitator"].name not in facilitators(company.learning_set)


def test_a_member_who_gave_it_undoes_it_where_the_people_are(company: Cast, row: Handover) -> None:
    at = timezone.now()
    handing_over.give_facilitation(
        company.seat("member"), to=company.membership("presenter"), at=at
    )
    later = handing_over.last(company.learning_set)
    assert later
    assert signed_in(company.people["member"]).get(f"/handovers/{later.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        handing_over.undo(company.seat("apologies"), later, at=at)
