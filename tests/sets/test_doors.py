"""Whoever left, whose membership ended or whose access is suspended finds no door of the set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from setwise.meetings import scheduling
from setwise.project.demo.filling import seat_of
from setwise.sets import amending, seating
from tests.cast import Cast
from tests.meetings.planning import plan
from tests.sets.doors import forms, pages
from tests.sets.mailbox import mail
from tests.sets.visiting import page, signed_in

pytestmark = pytest.mark.long

AT = timezone.now()
WHO = "niamh"  # a member with an action of her own


def leave(company: Cast) -> None:
    seating.leave(seat_of(company.keys[WHO], company.learning_set), at=AT)


def end(company: Cast) -> None:
    row = company.learning_set.memberships.get(person=company.keys[WHO])
    seating.end(company.seat("facilitator"), row, talked=True, at=AT)


def suspend(company: Cast) -> None:
    row = company.learning_set.memberships.get(person=company.keys[WHO])
    seating.suspend(company.seat("facilitator"), row, at=AT)


ways_out = pytest.mark.parametrize("go", [leave, end, suspend])


def everything(company: Cast) -> list[Any]:
    """All rows of the set's tables and the meetings', to see whether a form changed any."""
    return [
        sorted(model.objects.values_list(), key=str)  # type: ignore[attr-defined]
        for app in ("sets", "meetings", "room")
        for model in apps.get_app_config(app).get_models()
    ]


@ways_out
def test_every_page_that_was_open_is_not_found(company: Cast, go: Callable[[Cast], None]) -> None:
    client, all_pages = signed_in(company.keys[WHO]), pages(company)
    assert [client.get(url).status_code for url in all_pages] == [200] * len(all_pages)
    go(company)
    assert [client.get(url).status_code for url in all_pages] == [404] * len(all_pages)
    assert company.learning_set.name not in page(client, "/")


@ways_out
def test_every_form_is_not_found_and_changes_nothing(
    company: Cast, go: Callable[[Cast], None]
) -> None:
    client = signed_in(company.keys[WHO])
    url = f"/sets/{company.learning_set.id}/about/"
    all_forms = forms(company, company.membership("member"))
    assert client.post(url, all_forms[url]).status_code == 302
    go(company)
    before = everything(company)
    statuses = {url: client.post(url, words).status_code for url, words in all_forms.items()}
    assert statuses == dict.fromkeys(all_forms, 404)
    assert everything(company) == before


@ways_out
def test_what_is_ones_own_stays(company: Cast, go: Callable[[Cast], None]) -> None:
    client = signed_in(company.keys[WHO])
    (own,) = (each["text"] for each in company.case["last_actions"] if each["who"] == WHO)
    assert own in page(client, "/actions/")
    go(company)
    assert own in page(client, "/actions/")


@ways_out
def test_no_letter_of_the_set_comes_any_more(company: Cast, go: Callable[[Cast], None]) -> None:
    def letters() -> int:
        scheduling.fix(company.seat("facilitator"), plan=plan(), at=AT)
        rules = amending.draft(company.seat("member"), at=AT)
        amending.propose(company.seat("member"), rules, at=timezone.now())
        amending.withdraw(company.seat("member"), rules)
        kinds = ("fixed", "rules_proposed")
        return sum(len(mail(about=kind, to=company.keys[WHO].email)) for kind in kinds)

    assert letters() == 2
    go(company)
    assert letters() == 2


@ways_out
def test_live_rooms_are_told_that_the_seats_moved(
    company: Cast, go: Callable[[Cast], None]
) -> None:
    go(company)
    before = company.learning_set.seats_version
    company.learning_set.refresh_from_db()
    assert company.learning_set.seats_version == before + 1


@ways_out
def test_the_others_go_on_as_before(company: Cast, go: Callable[[Cast], None]) -> None:
    go(company)
    client = signed_in(company.people["member"])
    for name in ("today:set", "sets:people"):
        assert client.get(reverse(name, args=[company.learning_set.id])).status_code == 200
