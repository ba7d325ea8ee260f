"""The operator's command as a process of its own, on a data folder: no wrong setting or key gets
further than its sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from setwise.vault import serverkey
from tests.project.demo.cases import LEAST, RULES, case_file
from tests.serving import command, free_port

pytestmark = pytest.mark.server
MADE = """
from setwise.project.cli import starting
from setwise.outbox.posting import post
from setwise.people.models import Person
starting.migrate()
person = Person.objects.create_user("ada@setwise.example", "Ada")
words = {"code": "AAAA-1111", "minutes": 15}
post(key="a-letter", to=person, template="people/email/code", context=words)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one person, to whom a letter is due."""
    folder = tmp_path_factory.mktemp("made")
    answer = command(folder, "manage", "shell", "--no-imports", "-c", MADE)
    assert answer.returncode == 0, answer.stderr
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(made, tmp_path / "data"))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SETWISE_TRUSTED_PROXIES", "many", "is 'many'; write a whole number."),
        ("SETWISE_WORKER", "maybe", "is 'maybe'; write yes or no."),
        ("SETWISE_DATABASE_URL", "mysql://db/x", "starts with postgresql://, or is empty."),
        ("SETWISE_SECRET_KEY_FILE", "/none", "cannot be read: No such file or directory."),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(data: Path, name: str, value: str, said: str) -> None:
    answer = command(data, "check", **{name: value})
    assert answer.returncode == 1
    (line,) = (answer.stdout + answer.stderr).splitlines()
    assert line == f"{name} {said}"


def test_a_database_that_does_not_answer_is_told_without_its_password(data: Path) -> None:
    url = "postgresql://setwise:between-us@127.0.0.1:1/setwise"
    answer = command(data, "check", SETWISE_DATABASE_URL=url)
    assert (answer.returncode, answer.stderr) == (1, "")
    (told,) = answer.stdout.splitlines()
    assert told.startswith("The database does not answer.") and "between-us" not in told
    started = command(data, "run", "--port", str(free_port()), SETWISE_DATABASE_URL=url)
    assert started.returncode == 1
    (line,) = started.stderr.splitlines()
    assert line.startswith("The database does not answer: ") and "between-us" not in line


def test_a_key_of_another_server_stops_the_server_with_one_sentence(data: Path) -> None:
    (data / "setwise.key").write_text(serverkey.make().line())
    answer = command(data, "run", "--port", str(free_port()))
    assert (answer.returncode, answer.stdout) == (1, "")
    (line,) = answer.stderr.splitlines()
    assert line.startswith("The server's key is not the one this database was sealed with.")


def test_the_right_key_may_come_from_the_environment_instead(data: Path) -> None:
    key = (data / "setwise.key").read_text().strip()
    (data / "setwise.key").unlink()
    assert command(data, "check", SETWISE_KEY=key).stdout == "All is well.\n"
    other = command(data, "check", SETWISE_KEY=serverkey.make().line())
    assert (other.returncode, "not the one" in other.stdout) == (1, True)


def test_the_worker_sends_what_is_due_and_the_operator_reads_it(data: Path) -> None:
    assert command(data, "worker", "--once").stdout == "1 letters sent.\n"
    answer = command(data, "mail", "read", "--to", "ada@setwise.example")
    assert answer.returncode == 0
    assert "Subject: Your code for Setwise" in answer.stdout and "AAAA-1111" in answer.stdout


def test_a_key_is_rotated_by_the_operator_and_the_server_still_opens_its_words(data: Path) -> None:
    before = (data / "setwise.key").read_text()
    answer = command(data, "manage", "keys", "rotate")
    assert answer.returncode == 0, answer.stderr
    newer, older = (data / "setwise.key").read_text().splitlines()
    assert older == before.strip() and newer != older
    (data / "setwise.key").write_text(newer)
    assert command(data, "check").stdout == "All is well.\n"
    assert command(data, "worker", "--once").stdout == "1 letters sent.\n"


def test_a_case_that_is_none_leaves_no_person_behind(tmp_path: Path) -> None:
    case, data = case_file(tmp_path, LEAST, RULES, "= nonsense"), tmp_path / "data"
    port = str(free_port())
    answer = command(data, "run", "--demo", "--case", str(case), "--port", port)
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line.startswith(f"{case} is not a TOML file: ")
    assert "/enter/" not in answer.stdout
