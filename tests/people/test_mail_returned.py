"""Letters that came back: who is told, what waits, and what ends it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setwise.outbox.models import Letter
from setwise.people import reminding, returning
from setwise.people.models import Person
from tests.actions.company import browser, somebody

NOW = timezone.now()
TOLD = "Letters to you come back"
pytestmark = pytest.mark.django_db


@pytest.fixture
def amara() -> Person:
    return somebody("amara")


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def mark(person: Person, *, for_good: bool) -> None:
    returning.mark(person.email.upper(), for_good=for_good, at=NOW)


@pytest.mark.parametrize("page", ["today:today", "people:account"])
def test_its_owner_is_told_on_their_next_visit_until_they_say_it_is_right(
    amara: Person, page: str
) -> None:
    client = browser(amara)
    assert TOLD not in client.get(reverse(page)).content.decode()
    mark(amara, for_good=True)
    assert TOLD in client.get(reverse(page)).content.decode()
    assert TOLD not in browser(somebody("tomasz")).get(reverse(page)).content.decode()
    client.post(reverse("people:address-is-right"))
    assert TOLD not in client.get(reverse(page)).content.decode()


def test_another_address_ends_it(amara: Person) -> None:
    mark(amara, for_good=True)
    assert again(amara).has_no_mailbox
    Person.objects.filter(pk=amara.pk).update(email="amara@new.example")
    assert not again(amara).mail_comes_back


def wants(person: Person) -> bool:
    return reminding.choices_of([again(person)])[person.pk].wants("poll")


def test_reminders_wait_where_there_is_no_mailbox_and_only_there(amara: Person) -> None:
    mark(amara, for_good=False)
    assert wants(amara)
    mark(amara, for_good=True)
    assert not wants(amara)
    mark(amara, for_good=False)  # full today: that takes nothing back
    assert again(amara).has_no_mailbox
    returning.is_right(amara)
    assert wants(amara)


def test_signing_in_goes_on(amara: Person) -> None:
    mark(amara, for_good=True)
    client = Client()
    client.post(reverse("account_login"), {"email": amara.email})

    assert Letter.objects.filter(to_email=amara.email, template="people/email/code").exists()


def test_an_address_that_nobody_here_has_marks_nobody(amara: Person) -> None:
    returning.mark("nobody@setwise.example", for_good=True, at=NOW)
    assert not again(amara).mail_comes_back
