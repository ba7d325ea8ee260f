from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from setwise.people.models import Person
from setwise.vault import serverkey

pytestmark = pytest.mark.django_db


def someone() -> Person:
    return Person.objects.create_user("ada@setwise.example", "Ada", zone="Europe/London")


def test_health_is_ok_when_it_can_serve(client: Client) -> None:
    answer = client.get("/healthz/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_health_names_a_missing_key_file(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.SETWISE_KEY_FILE = tmp_path / "nowhere.key"
    answer = client.get("/healthz/")
    assert answer.status_code == 503
    assert "key file is missing" in answer.json()["reason"]


def test_health_names_a_wrong_key(client: Client, settings: Settings, tmp_path: Path) -> None:
    someone()
    settings.SETWISE_KEY_FILE = tmp_path / "other.key"
    settings.SETWISE_KEY_FILE.write_text(serverkey.make().line())
    answer = client.get("/healthz/")
    assert answer.status_code == 503
    assert "not the one this database was sealed with" in answer.json()["reason"]


def test_health_tells_of_migrations_still_to_apply(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'room'")
    answer = client.get("/healthz/")
    assert answer.status_code == 503
    assert "migrations" in answer.json()["reason"]


def test_health_takes_no_post(client: Client) -> None:
    assert client.post("/healthz/").status_code == 405
