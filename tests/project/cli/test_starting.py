"""Before a server serves: the key is there and right, or one sentence ends the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from setwise.people.models import Person
from setwise.project.cli import starting
from setwise.vault import serverkey
from setwise.vault.models import Key

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def ada(db: None) -> Person:
    return Person.objects.create_user("ada@setwise.example", "Ada")


def stopped(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence that ends the start."""
    with pytest.raises(SystemExit) as end:
        starting.migrate()
    assert end.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    return line


def test_a_new_installation_gets_a_key_of_its_own(data: Path) -> None:
    path = data / "setwise.key"
    path.unlink()
    starting.migrate()
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_text()
    starting.migrate()
    assert path.read_text() == before


def test_a_missing_key_is_not_made_anew_where_words_are_sealed(
    ada: Person, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "setwise.key").unlink()
    assert stopped(capsys).startswith("The key file is missing.")
    assert not (data / "setwise.key").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The key file is empty."),
        ("half a key", "The key file is damaged: a line is not a name and a key."),
    ],
)
def test_a_damaged_key_ends_the_start_and_is_left_as_it_is(
    ada: Person, data: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (data / "setwise.key").write_text(text)
    assert stopped(capsys) == said
    assert (data / "setwise.key").read_text() == text


def test_a_key_of_another_server_ends_the_start_and_spoils_nothing(
    ada: Person, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = (data / "setwise.key").read_text()
    wrapped = [bytes(key.wrapped) for key in Key.objects.all()]
    (data / "setwise.key").write_text(serverkey.make().line())
    assert stopped(capsys).startswith("The server's key is not the one")
    assert [bytes(key.wrapped) for key in Key.objects.all()] == wrapped
    (data / "setwise.key").write_text(right)
    starting.migrate()
