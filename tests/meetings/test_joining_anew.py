"""An account is made with the seat or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from setwise.meetings import joining, scheduling
from setwise.people.models import Person
from setwise.sets import handing_over, inviting
from setwise.sets.models import Invitation
from setwise.vault.models import Key
from tests.meetings.planning import plan
from tests.meetings.test_invitation_page import ANNA, YES, invite, members
from tests.sets.gathering import Gathered, gather, join, newcomer
from tests.sets.visiting import page, queries

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def fill(gathered: Gathered) -> None:
    for number in range(5):
        join(gathered.learning_set, newcomer(f"Later{number}"))


def test_a_set_that_filled_up_makes_no_account_and_keeps_the_invitation(
    three: Gathered, client: Client
) -> None:
    url = invite(three)
    fill(three)
    keys = Key.objects.count()
    answer = client.post(url, YES)
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "The set filled up in the meantime: eight members is the most." in words
    assert 'value="Anna Karlsson"' in words and 'value="Asia/Kathmandu" selected' in words
    assert not Person.objects.filter(email=ANNA).exists()
    assert (Invitation.objects.get().answer, Key.objects.count()) == ("", keys)
    assert client.get("/account/").status_code == 302  # nobody is signed in
    three.learning_set.memberships.filter(person=three.people[2]).delete()
    assert client.post(url, YES).status_code == 302
    assert members(three)[-1] == ANNA
    assert "Anna Karlsson" in page(client, "/account/")


def test_a_facilitators_seat_that_was_taken_makes_no_account(
    three: Gathered, client: Client
) -> None:
    url = invite(three, as_facilitator=True)
    handing_over.give_facilitation(three.seat(1), to=three.membership(1), at=timezone.now())
    answer = client.post(url, YES)
    assert answer.status_code == 409
    assert "The set has a facilitator already." in answer.content.decode()
    assert not Person.objects.filter(email=ANNA).exists()


def test_an_invitation_that_was_answered_in_the_meantime_makes_no_account(
    three: Gathered,
) -> None:
    invite(three)
    row = Invitation.objects.get()
    inviting.decline(row, at=timezone.now())
    with pytest.raises(inviting.NotOpen):
        joining.join_anew(row, name="Anna", zone="UTC", at=timezone.now())
    with pytest.raises(inviting.NotOpen):
        joining.join_anew(row, name="Anna", zone="UTC", at=timezone.now() + timedelta(days=99))
    assert not Person.objects.filter(email=ANNA).exists()


def test_an_address_that_has_had_an_account_for_a_moment_signs_in_first(
    three: Gathered,
) -> None:
    invite(three)
    row = Invitation.objects.get()
    Person.objects.create_user(ANNA, "Anna")
    with pytest.raises(inviting.AccountExists):
        joining.join_anew(row, name="Anna", zone="UTC", at=timezone.now())
    row.refresh_from_db()
    assert (row.answer, len(members(three))) == ("", 3)


def test_the_page_takes_as_many_queries_with_many_dates_as_with_one(client: Client) -> None:
    gathered, counts = gather(3), []
    url = invite(gathered)
    for days in (range(1, 2), range(2, 6)):
        for day in days:
            start = timezone.now() + timedelta(days=day)
            scheduling.fix(gathered.seat(0), plan=plan(starts_at=start), at=timezone.now())
        counts.append(queries(client, url))
    assert page(client, url).partition("When we meet")[2].count("<li>") == 5
    assert counts[0] == counts[1]
