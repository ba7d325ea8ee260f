"""Links that sign in: what a scanner, a second use and a second person at once get."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from setwise.people import signing_in, tokens
from setwise.people.models import Person, SigninLink
from tests.people.posting import is_signed_in
from tests.together import together


def path(person: Person, **more: Any) -> str:
    return signing_in.make_link(person, "", **more)


def test_a_scanner_that_opens_a_link_does_not_use_it_up(amara: Person) -> None:
    link, scanner, reader = path(amara), Client(), Client()
    answers = [scanner.head(link), scanner.get(link), scanner.get(link)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert not is_signed_in(scanner)
    assert SigninLink.objects.get().used_at is None
    assert reader.post(link).headers["Location"] == "/"
    assert is_signed_in(reader)


def test_a_link_works_once(amara: Person) -> None:
    link, second = path(amara), Client()
    assert Client().post(link).status_code == 302
    assert [second.post(link).status_code, second.get(link).status_code] == [410, 410]
    assert not is_signed_in(second)


def test_a_demo_link_works_as_often_as_it_is_opened(amara: Person, settings: Any) -> None:
    settings.SETWISE_DEMO = True
    link = path(amara, reusable=True)
    for _ in range(2):
        client = Client()
        assert client.post(link).status_code == 302
        assert is_signed_in(client)


def test_a_demo_link_opens_nothing_outside_a_demo(client: Client, amara: Person) -> None:
    link = path(amara, reusable=True)
    assert client.post(link).status_code == 410
    assert not is_signed_in(client)


def test_a_link_ends_with_its_time(amara: Person) -> None:
    token = path(amara, minutes=10).rstrip("/").rsplit("/", 1)[-1]
    end = SigninLink.objects.get().expires_at
    assert abs(end - timezone.now() - timedelta(minutes=10)) < timedelta(seconds=30)
    assert signing_in.find(token, at=end - timedelta(seconds=1)) is not None
    assert signing_in.find(token, at=end) is None


def test_a_link_that_is_over_says_what_to_do(client: Client, amara: Person) -> None:
    answer = client.get(path(amara, minutes=0))
    assert answer.status_code == 410
    assert 'href="/accounts/login/"' in answer.content.decode()


def test_a_closed_account_has_no_link(client: Client, amara: Person) -> None:
    link = path(amara)
    assert client.get(link).status_code == 200
    Person.objects.filter(pk=amara.pk).update(is_active=False)
    assert client.post(link).status_code == 410


def test_the_database_keeps_no_token_that_would_sign_in(amara: Person) -> None:
    token = path(amara).rstrip("/").rsplit("/", 1)[-1]
    row = SigninLink.objects.get()
    assert bytes(row.digest) == tokens.digest(token)
    assert token.encode() not in bytes(row.digest)


def test_a_link_signs_out_whoever_was_signed_in_before(client: Client, amara: Person) -> None:
    tomasz = Person.objects.create_user("tomasz@setwise.example", "Tomasz")
    client.post(path(tomasz))
    before = client.session.session_key
    client.post(path(amara))
    assert client.get("/account/").context["request"].user == amara
    assert client.session.session_key != before


def test_no_page_with_a_token_is_kept_by_a_browser(client: Client, amara: Person) -> None:
    answer = client.get(path(amara))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_a_link_at_once_one_is_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    link = path(Person.objects.create_user("amara@setwise.example", "Amara"))
    found, use, answers = threading.Barrier(2, timeout=20), signing_in.use, list[int]()

    def both_found_it(row: SigninLink, request: HttpRequest, **more: Any) -> bool:
        found.wait()
        return use(row, request, **more)

    monkeypatch.setattr(signing_in, "use", both_found_it)

    def press() -> None:
        answers.append(Client().post(link).status_code)

    assert together(press, press) == ["done", "done"]
    assert sorted(answers) == [302, 410]
