"""Sign-up is by invitation unless a setting opens it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from setwise.people.models import Person
from tests.people.posting import CONFIRM, code_for, is_signed_in, letters

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"
DELE = {"name": "Dele Ade", "email": "Dele@setwise.example"}


@pytest.fixture
def _open(settings: Any) -> None:
    settings.SETWISE_OPEN_SIGNUP = True


def test_sign_up_is_closed_unless_a_setting_opens_it(client: Client) -> None:
    for answer in (client.get(SIGNUP), client.post(SIGNUP, DELE)):
        html = answer.content.decode()
        assert "By invitation" in html and "<form" not in html
    assert not Person.objects.exists()
    assert letters(DELE["email"]) == []


@pytest.mark.usefixtures("_open")
def test_open_sign_up_makes_a_person_who_proves_their_mailbox_with_one_code(client: Client) -> None:
    asked = client.get(SIGNUP).content.decode()
    assert [asked.count(each) for each in ("E-mail address</label>", "Email", 'name="email"')] == [
        1,
        0,
        1,
    ]
    assert client.post(SIGNUP, DELE).headers["Location"] == CONFIRM
    assert not is_signed_in(client)
    assert client.post(CONFIRM, {"code": code_for("dele@setwise.example")}).status_code == 302
    assert is_signed_in(client)
    person = Person.objects.get()
    assert (person.name, person.email, person.is_staff) == (
        "Dele Ade",
        "dele@setwise.example",
        False,
    )
    assert not person.has_usable_password()
    assert len(letters(person.email)) == 1


@pytest.mark.usefixtures("_open")
def test_sign_up_with_a_known_address_looks_the_same_and_makes_nobody(
    client: Client, amara: Person
) -> None:
    answer = client.post(SIGNUP, {"name": "Somebody", "email": amara.email})
    assert answer.headers["Location"] == CONFIRM
    assert letters(amara.email)[0].subject == "You already have an account"
    assert client.post(CONFIRM, {"code": "AAAA-AAAA"}).status_code == 422
    assert list(Person.objects.values_list("name", flat=True)) == ["Amara Okafor"]


@pytest.mark.usefixtures("_open")
@pytest.mark.parametrize(("field", "text"), [("email", "dele at home"), ("name", "")])
def test_a_sign_up_that_is_refused_keeps_what_was_typed(
    client: Client, field: str, text: str
) -> None:
    body = DELE | {field: text}
    answer = client.post(SIGNUP, body)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in html
    assert all(f'value="{typed}"' in html for typed in body.values() if typed)
    assert not Person.objects.exists()
