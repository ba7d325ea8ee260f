"""A letter in the folder is sealed: the data folder tells nobody what somebody decided to do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from setwise.outbox import reading, sending, transport
from setwise.outbox.models import Letter, PostKey
from setwise.vault import keys
from tests.cast import cast
from tests.outbox.test_sending import write

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PLAIN = b"""Subject: Your code for Setwise
From: Setwise <setwise@localhost>
To: amara@setwise.example
Date: Sat, 01 Feb 2020 12:00:00 +0000
Message-ID: <5e0c6f5e-7f0d-4f43-9a30-1d2c3b4a5f60@setwise.invalid>
Content-Type: text/plain; charset="utf-8"

From before letters were sealed.
"""


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.SETWISE_DATA = tmp_path
    return tmp_path / "mail"


def send() -> Path:
    sending.send_due(at=timezone.now())
    return next(transport.folder().iterdir())


def test_nobodys_own_actions_stand_in_clear_in_the_folder(folder: Path) -> None:
    company = cast(held=True)
    words = [each["text"] for given in company.case["rounds"] for each in given["actions"]]
    for hours in (0, 12):  # by day, at whatever hour this is tried
        sending.send_due(at=timezone.now() + timedelta(hours=hours))
    read = " ".join(" ".join(letter.text.split()) for letter in reading.letters())
    assert all(text in read for text in words)  # there was something to leak
    assert len(list(folder.iterdir())) == len(reading.letters()) > 4
    for path in folder.iterdir():
        raw = path.read_bytes()
        assert str(UUID(path.stem)) == path.stem
        assert not [
            word for word in ("separately", "Subject", "setwise.example") if word.encode() in raw
        ]


def test_letters_from_before_they_were_sealed_are_still_read(folder: Path) -> None:
    write()
    send()
    (folder / "5e0c6f5e-7f0d-4f43-9a30-1d2c3b4a5f60.eml").write_bytes(PLAIN)
    assert [letter.text.strip() for letter in reading.letters()][1:] == [
        "From before letters were sealed."
    ]


def test_before_any_letter_was_sealed_the_folder_can_be_read(folder: Path) -> None:
    assert reading.letters() == []
    folder.mkdir()
    (folder / "a.eml").write_bytes(PLAIN)
    assert len(reading.letters()) == 1
    assert not PostKey.objects.exists()


def test_a_file_that_does_not_open_hides_no_other(folder: Path) -> None:
    write()
    whole = send()
    raw = whole.read_bytes()
    for content in (raw, raw[:20], b""):  # under another letter's name, or cut short
        (folder / f"{uuid4()}.sealed").write_bytes(content)
    (folder / "notes.sealed").write_bytes(raw)
    (folder / "half.eml").write_bytes(PLAIN[:40])
    assert [letter.to for letter in reading.letters()] == ["amara@setwise.example"]


def test_without_its_key_a_letter_in_the_folder_is_erased(folder: Path) -> None:
    write()
    send()
    assert len(reading.letters()) == 1
    keys.destroy(PostKey.objects.get().key_id)
    assert reading.letters() == []
    assert Letter.objects.get().state == "sent"
