"""The server's keys: read from a file or the environment, made once, kept to their owner."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from setwise.vault import serverkey
from setwise.vault.serverkey import KeyTrouble

ONE, TWO = serverkey.ServerKey("one", bytes(range(32))), serverkey.ServerKey("two", bytes(32))


@pytest.fixture
def key_file(settings: Any, tmp_path: Path) -> Path:
    settings.SETWISE_KEY_FILE = tmp_path / "folder" / "setwise.key"
    settings.SETWISE_KEY_FILE.parent.mkdir()
    return tmp_path / "folder" / "setwise.key"


@pytest.fixture
def careless() -> Iterator[None]:
    """A system that gives new files to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def trouble() -> str:
    with pytest.raises(KeyTrouble) as raised:
        serverkey.ring()
    return str(raised.value)


@pytest.mark.pure
def test_a_key_that_is_made_is_new_and_comes_back_from_its_line(key_file: Path) -> None:
    made, other = serverkey.make(), serverkey.make()
    assert (made.id != other.id, made.secret != other.secret) == (True, True)
    key_file.write_text(f"{made.line()}\n{other.line()}\n")
    assert serverkey.ring() == (made, other)


@pytest.mark.pure
@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", ",", " , "])
def test_keys_stand_newest_first_however_they_are_parted(
    settings: Any, key_file: Path, between: str
) -> None:
    text = f"{ONE.line()}{between}{TWO.line()}"
    key_file.write_bytes(text.encode())
    assert serverkey.ring() == (ONE, TWO)
    settings.SETWISE_KEY_FILE, settings.SETWISE_KEY = key_file / "none", text
    assert serverkey.ring() == (ONE, TWO)


@pytest.mark.pure
def test_the_environment_goes_before_the_file(settings: Any, key_file: Path) -> None:
    key_file.write_text(ONE.line())
    settings.SETWISE_KEY = TWO.line()
    assert serverkey.ring() == (TWO,)


@pytest.mark.pure
@pytest.mark.parametrize(
    "text",
    [
        *("one", "one ", f"{ONE.line()}!", f"{ONE.line()} more", f"{ONE.line()[:-4]}"),
        f"{TWO.line()}\n{ONE.line()[:20]}",
    ],
)
def test_a_damaged_key_is_named_by_its_source_and_not_shown(
    settings: Any, key_file: Path, text: str
) -> None:
    key_file.write_text(text, "utf-8")
    assert trouble() == "The key file is damaged: a line is not a name and a key."
    settings.SETWISE_KEY = text
    assert trouble() == "SETWISE_KEY is damaged: a line is not a name and a key."


@pytest.mark.pure
def test_a_missing_key_file_says_what_to_do_in_one_line(key_file: Path) -> None:
    assert trouble() == (
        "The key file is missing. Put it back from your backup, or point "
        "SETWISE_KEY_FILE at it: without it nothing that was said can be read."
    )


@pytest.mark.django_db
def test_a_new_key_file_is_its_owners_alone_whatever_the_system_gives(
    key_file: Path, careless: None
) -> None:
    key_file.parent.rmdir()
    assert serverkey.ensure() is True
    assert key_file.stat().st_mode & 0o777 == 0o600
    before = key_file.read_text()
    assert serverkey.ensure() is False
    assert key_file.read_text() == before


@pytest.mark.django_db
def test_no_key_file_is_made_where_the_environment_gives_the_key(
    settings: Any, key_file: Path
) -> None:
    settings.SETWISE_KEY = ONE.line()
    assert serverkey.ensure() is False
    assert not key_file.exists()


@pytest.mark.pure
def test_a_key_file_is_replaced_in_one_step_and_leaves_nothing_beside_it(
    key_file: Path, careless: None
) -> None:
    key_file.write_text(ONE.line())
    key_file.chmod(0o644)
    key_file.with_suffix(".new").write_text("what a killed rotation left")
    serverkey.write((TWO, ONE))
    assert serverkey.ring() == (TWO, ONE)
    assert [path.name for path in key_file.parent.iterdir()] == ["setwise.key"]
    assert key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.pure
def test_the_newest_key_wraps_and_each_opens_what_it_wrapped(key_file: Path) -> None:
    serverkey.write((ONE,))
    wrapped, by = serverkey.wrap(b"a data key", "row")
    assert (by, b"a data key" in wrapped) == ("one", False)
    serverkey.write((TWO, ONE))
    assert serverkey.wrap(b"another", "row")[1] == "two"
    assert serverkey.unwrap(wrapped, "row", "one") == b"a data key"


@pytest.mark.pure
@pytest.mark.parametrize(("row", "by"), [("other row", "one"), ("row", "two"), ("row", "three")])
def test_a_data_key_opens_in_its_own_row_and_by_its_own_key_only(
    key_file: Path, row: str, by: str
) -> None:
    serverkey.write((TWO, ONE, serverkey.ServerKey("three", ONE.secret[::-1])))
    serverkey.write((ONE,))
    wrapped, _ = serverkey.wrap(b"a data key", "row")
    serverkey.write((TWO, ONE))
    assert serverkey.unwrap(wrapped, "row", "one") == b"a data key"
    with pytest.raises(KeyTrouble) as raised:
        serverkey.unwrap(wrapped, row, by)
    assert str(raised.value).startswith("The server's key is not the one this database was sealed")
