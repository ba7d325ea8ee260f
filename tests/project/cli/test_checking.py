"""`bin/setwise check`: one thing a line, in plain words, and 1 if anything is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from setwise.people.models import Person
from setwise.vault import serverkey
from tests.project.cli.conftest import Answer, Setwise

pytestmark = pytest.mark.django_db


def test_a_server_that_can_serve_is_well(setwise: Setwise) -> None:
    assert setwise("check") == Answer(0, ["All is well."], [])


def test_a_missing_key_is_told_with_what_to_do(setwise: Setwise, data: Path) -> None:
    (data / "setwise.key").unlink()
    (line,) = setwise("check").out
    assert line.startswith("The key file is missing. Put it back from your backup")


def test_a_key_of_another_server_is_told(setwise: Setwise, data: Path) -> None:
    Person.objects.create_user("ada@setwise.example", "Ada")
    (data / "setwise.key").write_text(serverkey.make().line())
    answer = setwise("check")
    assert (answer.status, answer.error) == (1, [])
    (line,) = answer.out
    assert line.startswith("The server's key is not the one this database was sealed with.")


def test_a_database_that_was_not_migrated_is_told(setwise: Setwise) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'actions'")
    answer = setwise("check")
    assert (answer.status, answer.error) == (1, [])
    (line,) = answer.out
    assert line.startswith("The database has migrations still to apply.")
