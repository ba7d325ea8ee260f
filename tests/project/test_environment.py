"""Settings come from the environment: a wrong one is named, a secret may lie in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from setwise.project import environment

pytestmark = pytest.mark.pure
NAME = "SETWISE_TEST_THIS"


def set_to(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize("word", ["1", "yes", "on", "true", "YES", "True"])
def test_a_flag_is_on(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    set_to(monkeypatch, word)
    assert environment.flag(NAME) is True


@pytest.mark.parametrize("word", ["0", "no", "off", "false", "NO"])
def test_a_flag_is_off_though_it_would_be_on(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    set_to(monkeypatch, word)
    assert environment.flag(NAME, default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_left_out_or_empty_is_as_the_documents_say(
    monkeypatch: pytest.MonkeyPatch, default: bool
) -> None:
    assert environment.flag(NAME, default=default) is default
    set_to(monkeypatch, "")
    assert environment.flag(NAME, default=default) is default


@pytest.mark.parametrize("word", ["perhaps", "2", "y", " "])
def test_a_flag_that_cannot_be_understood_is_named(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    set_to(monkeypatch, word)
    with pytest.raises(ImproperlyConfigured) as raised:
        environment.flag(NAME)
    assert str(raised.value) == f"{NAME} is {word!r}; write yes or no."


def test_a_number_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.number(NAME, 3) == 3
    set_to(monkeypatch, "2")
    assert environment.number(NAME, 3) == 2
    set_to(monkeypatch, "2.5")
    with pytest.raises(ImproperlyConfigured) as raised:
        environment.number(NAME, 3)
    assert str(raised.value) == f"{NAME} is '2.5'; write a whole number."


def test_a_secret_is_read_from_its_file_without_the_line_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("between us\n")
    set_to(monkeypatch, "not this")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert environment.text(NAME) == "between us"


def test_a_file_that_is_not_there_is_named_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured) as raised:
        environment.text(NAME)
    assert str(raised.value) == f"{NAME}_FILE cannot be read: No such file or directory."


def test_a_secret_that_nobody_gave_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret.key"
    first = environment.kept_secret(NAME, path)
    assert len(first) > 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert environment.kept_secret(NAME, path) == first
    assert environment.kept_secret(NAME, tmp_path / "other.key") != first


def test_a_secret_that_was_given_is_written_nowhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_to(monkeypatch, "given")
    assert environment.kept_secret(NAME, tmp_path / "secret.key") == "given"
    assert list(tmp_path.iterdir()) == []


def test_the_database_is_a_file_in_the_data_folder_unless_another_is_named(tmp_path: Path) -> None:
    given = environment.database("", tmp_path)
    assert given["NAME"] == tmp_path / "setwise.sqlite3"
    options = given["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "secure_delete=ON" in options["init_command"]


def test_a_postgresql_address_may_hold_any_character(tmp_path: Path) -> None:
    url = "postgresql://amara%40ward:p%2Fss@db.example:5433/set%20wise?sslmode=require"
    given = environment.database(url, tmp_path)
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert [given[name] for name in names] == [
        *("set wise", "amara@ward", "p/ss", "db.example", "5433"),
        {"sslmode": "require"},
    ]
    socket = environment.database("postgresql:///setwise?host=%2Frun%2Fpg", tmp_path)
    assert (socket["HOST"], socket["OPTIONS"]) == ("/run/pg", {})


@pytest.mark.parametrize("url", ["mysql://db/setwise", "setwise.sqlite3", "sqlite:///x"])
def test_another_kind_of_database_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        environment.database(url, tmp_path)
    assert str(raised.value) == "SETWISE_DATABASE_URL starts with postgresql://, or is empty."
