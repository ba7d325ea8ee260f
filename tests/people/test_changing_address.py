"""Another e-mail address: proved by a code that arrives there, and told to the old one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setwise.outbox.models import Letter
from setwise.outbox.posting import post
from setwise.people import changing_address, returning
from setwise.people.models import Person
from tests.actions.company import browser, somebody
from tests.people.posting import code_for, is_signed_in, letters

pytestmark = pytest.mark.django_db
PAGE = "/account/address/new/"
OLD, NEW = "amara@setwise.example", "amara@new.example"


@pytest.fixture
def amara() -> Person:
    return somebody("amara")


@pytest.fixture
def client(amara: Person) -> Client:
    return browser(amara)


def asked(client: Client, email: str = NEW) -> str:
    """The page after asking for a code for this address."""
    answer = client.post(PAGE, {"email": email}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def address(person: Person) -> str:
    return Person.objects.get(pk=person.pk).email


def beside(answer: Any, name: str) -> str:
    return " ".join(answer.context["form"].errors[name])


def test_the_code_that_came_to_the_new_address_makes_it_theirs(
    client: Client, amara: Person
) -> None:
    assert PAGE in client.get("/account/").content.decode()
    page = asked(client, "Amara@New.example")
    assert NEW in page and "Until then nothing changes" in page and address(amara) == OLD
    code = code_for(NEW)
    assert client.post(PAGE, {"code": f" {code.lower().replace('-', '')} "}).status_code == 302
    assert address(amara) == NEW and is_signed_in(client)
    assert letters(OLD)[0].subject == "You sign in with another address now"
    assert NEW not in letters(OLD)[0].text
    assert client.post(PAGE, {"code": code}).status_code == 422  # once


def test_the_old_address_signs_in_no_more_and_the_new_one_does(
    client: Client, amara: Person
) -> None:
    EmailAddress.objects.create(user=amara, email=OLD, verified=True, primary=True)
    asked(client)
    client.post(PAGE, {"code": code_for(NEW)})
    for email, template in ((OLD, "people/email/unknown"), (NEW, "people/email/code")):
        Letter.objects.all().delete()
        Client().post(reverse("account_login"), {"email": email})
        assert [row.template for row in Letter.objects.filter(to_email=email)] == [template]


def test_what_waits_follows_and_the_address_that_came_back_is_forgotten(
    client: Client, amara: Person
) -> None:
    returning.mark(OLD, for_good=True, at=timezone.now())
    assert PAGE in client.get("/").content.decode()
    asked(client)
    code = code_for(NEW)
    post(key="k", to=amara, template="people/email/changed", context={})
    post(key="o", to=somebody("tomasz"), template="people/email/changed", context={})
    client.post(PAGE, {"code": code})
    assert Letter.objects.get(name="k").to_email == NEW
    assert Letter.objects.get(name="o").to_email != NEW
    assert not Person.objects.get(pk=amara.pk).mail_comes_back


def test_another_code_is_refused_beside_its_field_and_three_end_it(
    client: Client, amara: Person
) -> None:
    asked(client)
    code = code_for(NEW)
    for _ in range(2):
        answer = client.post(PAGE, {"code": "BBBB-BBBB"})
        assert answer.status_code == 422 and beside(answer, "code") == changing_address.WRONG
    assert beside(client.post(PAGE, {"code": ""}), "code") == "Write the code."
    assert client.post(PAGE, {"code": "ß"}).status_code == 302
    assert client.post(PAGE, {"code": code}).status_code == 422
    assert address(amara) == OLD


def test_a_code_is_for_its_session_for_its_address_and_for_a_quarter_of_an_hour(
    client: Client, amara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(client)
    code = code_for(NEW)
    assert browser(amara).post(PAGE, {"code": code}).status_code == 422
    asked(client, "amara@third.example")
    assert client.post(PAGE, {"code": code}).status_code == 422
    client.post(PAGE, {"again": "1"})
    asked(client)
    code, later = code_for(NEW), timezone.now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.post(PAGE, {"code": code}).status_code == 422
    assert address(amara) == OLD


def test_an_address_of_somebody_here_looks_the_same_and_is_told(
    client: Client, amara: Person
) -> None:
    other = somebody("tomasz")
    assert asked(client, other.email).replace(other.email, NEW).count("We sent a letter") == 1
    told = letters(other.email)[0]
    assert told.subject == "You already have an account" and "code" not in told.text
    for guess in ("", "BBBB-BBBB"):
        assert client.post(PAGE, {"code": guess}).status_code == 422
    assert address(amara) == OLD


def test_an_address_that_somebody_took_meanwhile_is_not_taken(
    client: Client, amara: Person
) -> None:
    asked(client)
    code = code_for(NEW)
    Person.objects.create_user(NEW, "Quicker")
    answer = client.post(PAGE, {"code": code}, follow=True)
    assert changing_address.TAKEN in answer.content.decode()
    assert address(amara) == OLD and is_signed_in(client)


@pytest.mark.parametrize(
    "typed", ["", "amara@", "=?utf-8?q?a?=@new.example", OLD, "a\0@new.example"]
)
def test_what_is_no_other_address_is_refused_and_kept(
    client: Client, amara: Person, typed: str
) -> None:
    answer = client.post(PAGE, {"email": typed})
    assert answer.status_code == 422 and beside(answer, "email")
    assert not Letter.objects.exists()


def test_codes_are_sent_to_few_addresses_an_hour(client: Client, amara: Person) -> None:
    for number in range(5):
        asked(client, f"amara{number}@new.example")
    answer = client.post(PAGE, {"email": NEW})
    assert answer.status_code == 422 and "several codes" in beside(answer, "email")
    assert not Letter.objects.filter(to_email=NEW).exists()
