"""Commands beside the server begin with the right key, on a database that is there, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from setwise.outbox.models import Letter
from setwise.outbox.posting import post
from setwise.people.models import Person, SigninLink
from setwise.vault import serverkey
from tests.project.cli.conftest import Setwise

pytestmark = [pytest.mark.django_db, pytest.mark.once]
COMMANDS = [
    ("worker", "--once"),
    ("worker",),
    ("signin-link", "ada@setwise.example"),
    ("mail", "read"),
]


@pytest.fixture(autouse=True)
def ada() -> Person:
    """Somebody to whom a letter is due."""
    ada = Person.objects.create_user("ada@setwise.example", "Ada")
    words = {"code": "AAAA-1111", "minutes": 15}
    post(key="a", to=ada, template="people/email/code", context=words)
    return ada


def refused(setwise: Setwise, command: tuple[str, ...]) -> str:
    answer = setwise(*command)
    assert (answer.status, answer.out) == (1, [])
    assert Letter.objects.get().state == "waiting"
    assert not SigninLink.objects.exists()
    (line,) = answer.error
    return line


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            serverkey.ServerKey("other", bytes(32)).line().encode(),
            "The server's key is not the one",
        ),
        (bytes(range(256)), "The key file is damaged: it is no text."),
        ("é é\n".encode(), "The key file is damaged: a line is not a name and a key."),
        (b"", "The key file is empty."),
        (None, "The key file is missing."),
    ],
)
def test_without_the_right_key_nothing_is_done(
    setwise: Setwise, data: Path, command: tuple[str, ...], content: bytes | None, said: str
) -> None:
    (data / "setwise.key").unlink()
    if content is not None:
        (data / "setwise.key").write_bytes(content)
    assert refused(setwise, command).startswith(said)


@pytest.mark.parametrize("command", COMMANDS)
def test_where_nothing_was_ever_started_it_is_said_what_to_do(
    setwise: Setwise, command: tuple[str, ...]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")
    assert refused(setwise, command) == (
        "The database has migrations still to apply. "
        "Start Setwise once with bin/run: it brings the database up to date."
    )
