"""What cannot be carried out gets one plain line and a status that is not 0, from the real command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.test_operating import MADE
from tests.serving import command, free_port

pytestmark = pytest.mark.server


def refused(data: Path, *arguments: str, **settings: str) -> str:
    answer = command(data, *arguments, **settings)
    assert (answer.returncode, answer.stdout) == (1, "")
    (line,) = answer.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("folder", "why"),
    [("file", "it is no folder"), ("file/below", "Not a directory"), ("/proc/x", "")],
)
def test_a_data_folder_that_is_none_is_named(tmp_path: Path, folder: str, why: str) -> None:
    (tmp_path / "file").write_text("")
    data = tmp_path / folder
    line = refused(tmp_path, "run", "--data", str(data), "--port", str(free_port()))
    assert line.startswith(f"The data folder {data} cannot be used: {why}")
    assert line.endswith("Choose another with --data or SETWISE_DATA.")


@pytest.mark.parametrize(
    "arguments", [("signin-link", "ada@setwise.example"), ("mail", "read"), ("worker", "--once")]
)
def test_an_empty_folder_is_told_with_what_to_do(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert refused(tmp_path, *arguments).endswith("it brings the database up to date.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SETWISE_SMTP_URL", "smtp://me:between-us@mail.example:notaport"),
        ("SETWISE_SMTP_URL", "between-us"),
        ("SETWISE_DATABASE_URL", "postgresql://me:between-us@db.example:x/setwise"),
        ("SETWISE_DATABASE_URL", "postgresql://me:between-us@db.example"),
    ],
)
def test_a_server_that_cannot_be_meant_stops_the_start_without_its_password(
    tmp_path: Path, name: str, value: str
) -> None:
    line = refused(tmp_path, "run", "--port", str(free_port()), **{name: value})
    assert line.startswith(name) and "between-us" not in line


def test_a_key_file_is_made_where_the_setting_says(tmp_path: Path) -> None:
    key = tmp_path / "elsewhere" / "a.key"
    for made in ("a", "b"):
        code = MADE.replace("ada@", f"{made}@").replace("a-letter", made)
        answer = command(
            tmp_path / "data",
            *("manage", "shell", "--no-imports", "-c", code),
            SETWISE_KEY_FILE=str(key),
        )
        assert answer.returncode == 0, answer.stderr
    assert key.stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "data" / "setwise.key").exists()
