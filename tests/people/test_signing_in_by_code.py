"""Signing in with a code that arrives by e-mail, and what guessing gets."""

from __future__ import annotations

import re
import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from setwise.outbox.models import Letter
from setwise.people.models import Person
from tests.people.posting import CONFIRM, LOGIN, ask, code_for, is_signed_in, letters

pytestmark = [pytest.mark.django_db, pytest.mark.long]
CLOCK = "allauth.account.internal.flows.code_verification.time"


def later(seconds: int) -> SimpleNamespace:
    return SimpleNamespace(time=lambda: time.time() + seconds)


def seen(answer: Any, address: str) -> str:
    """The page without what differs between any two requests."""
    html = answer.content.decode().replace(address, "ADDRESS")
    return re.sub(r'name="(csrfmiddlewaretoken" value|setwise-now" content)="\w+"', "", html)


def test_the_code_in_the_letter_signs_in(client: Client, amara: Person) -> None:
    ask(client, "Amara@Setwise.example")
    assert not is_signed_in(client)
    answer = client.post(CONFIRM, {"code": code_for(amara.email)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/account/").context["request"].user == amara


def test_a_code_may_be_written_in_small_letters_without_its_hyphen(
    client: Client, amara: Person
) -> None:
    ask(client, amara.email)
    client.post(CONFIRM, {"code": f" {code_for(amara.email).replace('-', '').lower()} "})
    assert is_signed_in(client)


def test_the_letter_has_the_code_nowhere_but_in_its_sealed_body(
    client: Client, amara: Person
) -> None:
    ask(client, amara.email)
    row = Letter.objects.get()
    body = bytes(row.body_sealed or b"")
    code = code_for(amara.email)
    assert code not in f"{row.name} {row.subject}" and code.encode() not in body
    assert row.expires_at and (row.expires_at - row.posted_at).total_seconds() <= 900


def test_a_code_works_in_the_browser_that_asked_and_in_no_other(amara: Person) -> None:
    asking, other = Client(), Client()
    ask(asking, amara.email)
    code = code_for(amara.email)
    assert other.post(CONFIRM, {"code": code}).headers["Location"] == "/accounts/login/code/"
    assert not is_signed_in(other)
    asking.post(CONFIRM, {"code": code})
    assert is_signed_in(asking)


def test_a_code_works_once(client: Client, amara: Person) -> None:
    ask(client, amara.email)
    code = code_for(amara.email)
    client.post(CONFIRM, {"code": code})
    client.post("/accounts/logout/")
    assert not is_signed_in(client)
    client.post(CONFIRM, {"code": code})
    assert not is_signed_in(client)


@pytest.mark.parametrize("wrong", ["AAAA-AAAA", "", "ß" * 8, "a\0b", "x" * 5000])
def test_a_wrong_code_is_refused_beside_its_field_and_can_be_corrected(
    client: Client, amara: Person, wrong: str
) -> None:
    ask(client, amara.email)
    answer = client.post(CONFIRM, {"code": wrong})
    assert answer.status_code == 422
    assert 'id="id_code-error"' in answer.content.decode()
    assert not is_signed_in(client)
    client.post(CONFIRM, {"code": code_for(amara.email)})
    assert is_signed_in(client)


def test_three_wrong_codes_end_the_attempt(client: Client, amara: Person) -> None:
    ask(client, amara.email)
    code = code_for(amara.email)
    answers = [client.post(CONFIRM, {"code": "AAAA-AAAA"}).status_code for _ in range(3)]
    assert answers == [422, 422, 302]
    assert "Wait a few minutes" in client.get(LOGIN).content.decode()
    client.post(CONFIRM, {"code": code})
    assert not is_signed_in(client)


@pytest.mark.parametrize(("after", "works"), [(14 * 60, True), (15 * 60 + 1, False)])
def test_a_code_works_for_a_quarter_of_an_hour(
    client: Client, amara: Person, monkeypatch: pytest.MonkeyPatch, after: int, works: bool
) -> None:
    ask(client, amara.email)
    code = code_for(amara.email)
    monkeypatch.setattr(CLOCK, later(after))
    client.post(CONFIRM, {"code": code})
    assert is_signed_in(client) is works


def test_an_unknown_address_sees_what_a_known_one_sees(amara: Person) -> None:
    pages = []
    for address in (amara.email, "nobody@setwise.example"):
        client = Client()
        asked = client.post(LOGIN, {"email": address})
        shown = client.get(asked.headers["Location"])
        refused = client.post(CONFIRM, {"code": "AAAA-AAAA"})
        found = (asked.status_code, asked.headers["Location"], seen(shown, address))
        pages.append((*found, refused.status_code, seen(refused, address)))
        assert len(letters(address)) == 1
    assert pages[0] == pages[1]
    assert "no account" in letters("nobody@setwise.example")[0].text


def test_a_closed_account_sees_the_same_and_gets_no_code(client: Client, amara: Person) -> None:
    Person.objects.filter(pk=amara.pk).update(is_active=False)
    ask(client, amara.email)
    assert "no account" in letters(amara.email)[0].text


def test_no_more_than_three_codes_a_minute_are_sent_to_an_address(amara: Person) -> None:
    for _ in range(3):
        ask(Client(), amara.email)
    answer = Client().post(LOGIN, {"email": amara.email})
    assert answer.status_code == 422
    assert "Wait a few minutes" in answer.content.decode()
    assert len(letters(amara.email)) == 3


def test_no_more_than_twenty_codes_a_minute_are_asked_for_from_one_place(db: None) -> None:
    body = [{"email": f"guess{n}@setwise.example"} for n in range(21)]
    answers = [Client().post(LOGIN, each).status_code for each in body]
    assert answers == [302] * 20 + [422]


def test_what_is_no_address_is_refused_and_kept(client: Client, db: None) -> None:
    answer = client.post(LOGIN, {"email": "amara at home"})
    assert answer.status_code == 422
    assert 'value="amara at home"' in answer.content.decode()


def test_another_address_can_be_used_instead(client: Client, amara: Person) -> None:
    ask(client, "amarra@setwise.example")
    page = client.get(f"{CONFIRM}?next=/account/sessions/").content.decode()
    form = re.search(r'action="(/accounts/logout/)".*?name="next" value="([^"]+)"', page, re.DOTALL)
    assert form
    back = client.post(form[1], {"next": form[2]}, follow=True)
    assert back.request["PATH_INFO"] == LOGIN
    assert '<input type="hidden" name="next" value="/account/sessions/"' in back.content.decode()
    ask(client, amara.email)
    client.post(CONFIRM, {"code": code_for(amara.email)})
    assert is_signed_in(client)
