"""Why a server cannot serve: a 503 with one sentence, which tells nothing of the key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from setwise.people.models import Person
from setwise.vault import keys, serverkey
from setwise.vault.models import Key

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(settings: Any, tmp_path: Path) -> Path:
    """The server's key, in a file of this test's own; one data key is wrapped by it."""
    path = tmp_path / "setwise.key"
    path.write_text(Path(settings.SETWISE_KEY_FILE).read_text())
    settings.SETWISE_KEY_FILE = path
    Person.objects.create_user("ada@setwise.example", "Ada")
    keys._unwrapped.cache_clear()
    return path


def reason(client: Client) -> str:
    """The sentence of a 503; '' where it can serve."""
    answer = client.get("/healthz/")
    if answer.status_code == 200:
        assert answer.json() == {"status": "ok"}
        return ""
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    said: str = answer.json()["reason"]
    assert len(said.splitlines()) == 1 and said.endswith(".")
    return said


def refuse(*args: Any) -> Any:
    raise OperationalError("server at db.example closed the connection, password=abc")


def test_a_database_that_does_not_answer_is_the_reason(client: Client) -> None:
    assert reason(client) == ""
    with connection.execute_wrapper(refuse):
        assert reason(client) == "The database does not answer."
    assert reason(client) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The key file is empty."),
        ("\n\n", "The key file is empty."),
        ("a-name and-words\n", "The key file is damaged: a line is not a name and a key."),
        ("a-name c2hvcnQ=\n", "The key file is damaged: a line is not a name and a key."),
    ],
)
def test_a_key_file_that_is_no_key_file_is_the_reason(
    client: Client, key_file: Path, text: str, said: str
) -> None:
    assert reason(client) == ""
    key_file.write_text(text)
    assert reason(client) == said


def test_a_key_file_that_cannot_be_read_is_the_reason(client: Client, key_file: Path) -> None:
    key_file.unlink()
    key_file.mkdir()
    assert reason(client) == "The key file cannot be read: Is a directory."


def test_half_of_a_key_is_damaged_and_is_not_shown(client: Client, key_file: Path) -> None:
    name, secret = key_file.read_text().split()
    key_file.write_text(f"{name} {secret[:20]}\n")
    said = reason(client)
    assert said == "The key file is damaged: a line is not a name and a key."
    assert secret[:20] not in said


def other_secret(path: Path) -> None:
    name = path.read_text().split()[0]
    path.write_text(serverkey.ServerKey(name, bytes(32)).line())


def other_name(path: Path) -> None:
    path.write_text(f"other {path.read_text().split()[1]}")


@pytest.mark.parametrize("spoil", [other_secret, other_name])
def test_another_servers_key_is_the_reason_though_it_looks_right(
    client: Client, key_file: Path, spoil: Callable[[Path], None]
) -> None:
    right = key_file.read_text()
    spoil(key_file)
    assert reason(client).startswith("The server's key is not the one this database was sealed")
    key_file.write_text(right)
    assert reason(client) == ""


def test_each_key_in_the_file_is_needed_for_what_it_wrapped(client: Client, key_file: Path) -> None:
    older, newer = key_file.read_text(), serverkey.make().line()
    key_file.write_text(f"{newer}\n{older}")
    Person.objects.create_user("bo@setwise.example", "Bo")  # wrapped by the newer
    assert reason(client) == ""
    key_file.write_text(newer)
    assert reason(client) != ""
    key_file.write_text(older)
    assert reason(client) != ""


def test_a_data_key_that_was_destroyed_is_no_reason(client: Client, key_file: Path) -> None:
    other_secret(key_file)
    assert reason(client) != ""
    for row in Key.objects.all():
        keys.destroy(row.id)
    assert reason(client) == ""
