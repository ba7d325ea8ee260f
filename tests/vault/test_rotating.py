"""`manage keys`: rotating rewraps every data key; retiring drops old server keys, not too soon."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from setwise.vault import keys, sealing, serverkey
from setwise.vault.models import Key

pytestmark = pytest.mark.django_db
ROW = UUID(int=7)


@pytest.fixture
def key_file(settings: Any, tmp_path: Path) -> Path:
    settings.SETWISE_KEY_FILE = tmp_path / "setwise.key"
    assert serverkey.ensure()
    return tmp_path / "setwise.key"


@pytest.fixture
def sealed(key_file: Path) -> tuple[UUID, bytes]:
    key = keys.make_key()
    return key.id, sealing.seal("between us", key_id=key.id, context="a.b", row_id=ROW)


def opens(sealed: tuple[UUID, bytes]) -> bool:
    keys._unwrapped.cache_clear()  # as a process that starts now
    try:
        words = sealing.unseal(sealed[1], key_id=sealed[0], context="a.b", row_id=ROW)
    except serverkey.KeyTrouble:
        return False
    return words == "between us"


def age(path: Path, *, days: float) -> None:
    then = time.time() - days * 86400
    os.utime(path, (then, then))


def manage(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("keys", *arguments)
    return capsys.readouterr().out.strip()


def test_rotating_puts_a_new_key_first_and_rewraps_all(
    key_file: Path, sealed: tuple[UUID, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    (old,) = serverkey.ring()
    keys.make_key()
    said = manage("rotate", capsys=capsys)
    assert said == "A new server key wraps 2 data keys."
    new, kept = serverkey.ring()
    assert (kept, new != old) == (old, True)
    assert set(Key.objects.values_list("server_key_id", flat=True)) == {new.id}
    serverkey.write((new,))
    assert opens(sealed)


def test_a_backup_opens_with_the_old_key_until_that_is_retired(
    key_file: Path, sealed: tuple[UUID, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    backup = Key.objects.get()
    manage("rotate", capsys=capsys)
    now = Key.objects.get()
    backup.save()
    assert opens(sealed)
    now.save()
    age(key_file, days=36)
    said = manage("retire", capsys=capsys)
    assert said == "Old server keys are gone: backups they opened can be read no more."
    assert len(serverkey.ring()) == 1
    assert opens(sealed)
    backup.save()
    assert not opens(sealed)


def test_a_destroyed_key_stays_destroyed(
    key_file: Path, sealed: tuple[UUID, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    keys.destroy(sealed[0])
    keys.make_key()
    assert manage("rotate", capsys=capsys) == "A new server key wraps 1 data keys."
    assert bytes(Key.objects.get(pk=sealed[0]).wrapped) == b""
    with pytest.raises(sealing.KeyGone):
        opens(sealed)


@pytest.mark.parametrize(
    ("days", "options", "refused"),
    [
        (34.9, [], True),
        (35.1, [], False),
        (6.9, ["--days", "7"], True),
        (7.1, ["--days", "7"], False),
    ],
)
def test_old_keys_are_kept_until_the_backups_are_gone(
    key_file: Path,
    sealed: tuple[UUID, bytes],
    capsys: pytest.CaptureFixture[str],
    days: float,
    options: list[str],
    refused: bool,
) -> None:
    manage("rotate", capsys=capsys)
    age(key_file, days=days)
    if refused:
        horizon = options[1] if options else "35"
        with pytest.raises(CommandError) as raised:
            manage("retire", *options, capsys=capsys)
        assert str(raised.value) == f"The last rotation is younger than {horizon} days."
    else:
        manage("retire", *options, capsys=capsys)
    assert len(serverkey.ring()) == (2 if refused else 1)
    assert opens(sealed)


def test_a_key_that_still_wraps_something_is_not_retired(
    key_file: Path, sealed: tuple[UUID, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    serverkey.write((serverkey.make(), *serverkey.ring()))  # a rotation that was killed half way
    age(key_file, days=36)
    with pytest.raises(CommandError) as raised:
        manage("retire", capsys=capsys)
    assert str(raised.value) == "Some data keys are still wrapped by an old key: rotate first."
    assert len(serverkey.ring()) == 2
    assert opens(sealed)
    manage("rotate", capsys=capsys)
    age(key_file, days=36)
    manage("retire", capsys=capsys)
    assert opens(sealed)


@pytest.mark.parametrize("what", ["rotate", "retire"])
def test_a_key_from_the_environment_is_changed_there(
    settings: Any, key_file: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    before = key_file.read_text()
    settings.SETWISE_KEY = serverkey.make().line()
    with pytest.raises(CommandError, match="The key comes from SETWISE_KEY"):
        manage(what, capsys=capsys)
    assert key_file.read_text() == before
