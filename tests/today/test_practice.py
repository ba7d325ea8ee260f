"""The practice room: open without an account where the server allows it, and nothing is kept."""

from __future__ import annotations

import io
import logging
from base64 import b64decode
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test import Client

from setwise.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORD = "zyxwordle"
TRIED = f"You should talk to your manager about it tomorrow, {WORD}."


def everything_kept() -> str:
    """Every row of every table, the cache opened, as text."""
    rows = "".join(
        serializers.serialize("json", model._default_manager.all()) for model in apps.get_models()
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = [(key, b64decode(value)) for key, value in cursor.fetchall()]
    return rows + repr(kept)


def test_it_answers_without_an_account_and_keeps_nothing(client: Client) -> None:
    assert client.get("/practice/").status_code == 200
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    try:
        answer = client.post("/practice/1/", {"text": TRIED})
    finally:
        logging.getLogger().removeHandler(handler)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "This may land as advice" in html and html.count(TRIED) == 2  # shown, and to try again
    assert "Two that others might ask" in html
    assert "no-store" in answer["Cache-Control"]
    assert WORD not in everything_kept()
    assert "practice" in everything_kept()  # the limit on presses is there, so the proof looks
    assert WORD not in log.getvalue()
    assert "sessionid" not in client.cookies and WORD not in str(client.cookies)
    assert WORD not in client.get("/practice/2/").content.decode()


def test_what_others_might_ask_is_shown_only_after_trying(client: Client) -> None:
    assert "others might ask" not in client.get("/practice/1/").content.decode()


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * 501])
def test_what_is_refused_is_said_beside_the_field(client: Client, text: str) -> None:
    answer = client.post("/practice/1/", {"text": text})
    html = answer.content.decode()
    assert answer.status_code == 422 and 'id="text-error"' in html
    assert text.strip("\x00 \n") in html


@pytest.mark.parametrize(
    "text", ["ماذا بعد؟ ماذا تريد؟", "\ud83d?", "<script>alert(1)</script> what is it?"]
)
def test_any_words_are_answered_and_shown_as_words(client: Client, text: str) -> None:
    body = {"text": text.encode("utf-8", "replace").decode()}
    answer = client.post("/practice/8/", body)
    assert answer.status_code == 200 and "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("number", [0, 9, 99999999999999999999])
def test_there_is_no_other_situation(client: Client, number: int) -> None:
    assert client.get(f"/practice/{number}/").status_code == 404


def test_too_many_presses_are_asked_to_wait_and_the_words_stay(client: Client) -> None:
    for _ in range(60):
        assert client.post("/practice/1/", {"text": "What else?"}).status_code == 200
    answer = client.post("/practice/1/", {"text": TRIED})
    assert answer.status_code == 429 and TRIED in answer.content.decode()


def test_a_server_may_keep_it_for_its_own_people(client: Client, settings: Any) -> None:
    settings.SETWISE_PRACTICE = "signed-in"
    for path in ("/practice/", "/practice/1/", "/practice/end/"):
        assert client.get(path)["Location"].startswith("/accounts/login/")
    assert "/practice/" not in client.get("/guides/").content.decode()
    client.force_login(Person.objects.create_user("ama@setwise.example", "Ama"), backend=BACKEND)
    assert client.get("/practice/1/").status_code == 200
    assert "/practice/" in client.get("/guides/").content.decode()
