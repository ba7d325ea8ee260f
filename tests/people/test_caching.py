"""What a browser may keep of a signed-in page, and what a strange cookie does."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from setwise.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def client(client: Client) -> Client:
    person = Person.objects.create_user("amara@setwise.example", "Amara")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("path", ["/", "/account/", "/actions/", "/records/", "/sets/new/"])
def test_a_signed_in_page_is_stored_nowhere(client: Client, path: str) -> None:
    assert "no-store" in client.get(path)["Cache-Control"]


def test_back_after_signing_out_has_nothing_to_show(client: Client) -> None:
    assert client.get("/account/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "key", ["\x00abcdefghijklmnop", "a b c d e f g h", "é" * 20, "x" * 5000, ""]
)
def test_a_cookie_that_is_no_sessions_key_signs_nobody_in(key: str) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/account/").status_code == 302
    assert client.get("/accounts/login/").status_code == 200
