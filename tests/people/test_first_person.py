"""The link that makes the first person of an empty installation."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from setwise.people import first_person
from setwise.people.models import Person, SigninLink
from tests.people.posting import is_signed_in
from tests.together import together

AMARA = {"name": "Amara Okafor", "email": "Amara@Setwise.example", "zone": "Africa/Lagos"}


def path() -> str:
    found = first_person.link("")
    assert found
    return found


@pytest.mark.django_db
def test_the_first_person_begins_and_is_signed_in(client: Client) -> None:
    assert client.post(path(), AMARA).headers["Location"] == "/"
    person = Person.objects.get()
    assert (person.name, person.email) == ("Amara Okafor", "amara@setwise.example")
    assert (person.zone, person.is_staff) == ("Africa/Lagos", True)
    assert is_signed_in(client)


@pytest.mark.django_db
def test_opening_the_first_link_makes_nobody(client: Client) -> None:
    link = path()
    assert [client.head(link).status_code, client.get(link).status_code] == [200, 200]
    assert not Person.objects.exists()
    assert client.post(link, AMARA).status_code == 302


@pytest.mark.django_db
def test_a_new_first_link_ends_the_one_before(client: Client) -> None:
    old, new = path(), path()
    assert client.post(old, AMARA).status_code == 410
    assert client.get(new).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "text"), [("name", ""), ("email", "amara at home"), ("zone", "Mars/Base")]
)
def test_a_beginning_that_is_refused_keeps_what_was_typed(
    client: Client, field: str, text: str
) -> None:
    link, body = path(), AMARA | {field: text}
    answer = client.post(link, body)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'id="id_{field}-error"' in html
    assert all(f'value="{body[name]}"' in html for name in ("name", "email") if body[name])
    assert not Person.objects.exists()
    assert client.post(link, AMARA).status_code == 302


@pytest.mark.django_db
def test_once_somebody_exists_the_first_link_is_a_kind_page_without_a_form(client: Client) -> None:
    link = path()
    Person.objects.create_user("tomasz@setwise.example", "Tomasz")
    for answer in (client.get(link), client.post(link, AMARA)):
        html = answer.content.decode()
        assert answer.status_code == 410
        assert "somebody is here already" in html and "<form" not in html
    assert Person.objects.count() == 1
    assert first_person.link("") is None


@pytest.mark.django_db
def test_a_wrong_first_link_says_where_the_right_one_is(client: Client) -> None:
    path()
    answer = client.get("/begin/no-such-token/")
    html = answer.content.decode()
    assert answer.status_code == 410
    assert "prints a new one" in html and "<form" not in html


@pytest.mark.django_db
def test_a_first_link_ends_after_a_week() -> None:
    token = path().rstrip("/").rsplit("/", 1)[-1]
    end = SigninLink.objects.get().expires_at
    assert abs(end - timezone.now() - timedelta(days=7)) < timedelta(seconds=30)
    assert first_person.find(token, at=end - timedelta(seconds=1)) is not None
    assert first_person.find(token, at=end) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    link = path()
    found, begin = threading.Barrier(2, timeout=20), first_person.begin
    answers = list[int]()

    def both_found_it(row: SigninLink, **more: Any) -> Person | None:
        found.wait()
        return begin(row, **more)

    monkeypatch.setattr(first_person, "begin", both_found_it)

    def press(name: str) -> None:
        body = AMARA | {"name": name, "email": f"{name}@setwise.example"}
        answers.append(Client().post(link, body).status_code)

    assert together(lambda: press("amara"), lambda: press("tomasz")) == ["done", "done"]
    assert sorted(answers) == [302, 410]
    assert Person.objects.count() == 1
