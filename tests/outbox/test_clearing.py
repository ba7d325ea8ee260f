"""Letters in the folder have a time to live; what is of no use any more goes at once."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from setwise.outbox import clearing, reading, sending, transport
from setwise.outbox.models import Letter
from setwise.project.worker import work_seldom
from tests.outbox.test_sending import write

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.SETWISE_DATA = tmp_path
    settings.SETWISE_MAIL_KEEP_DAYS = 3
    write()
    sending.send_due(at=timezone.now())
    assert len(reading.letters()) == 1
    return tmp_path / "mail"


def aged(path: Path, days: float) -> Path:
    then = (timezone.now() - days * DAY).timestamp()
    os.utime(path, (then, then))
    return path


def test_a_letter_stays_as_long_as_the_setting_says(folder: Path) -> None:
    path = aged(next(folder.iterdir()), 2.9)
    work_seldom()
    assert path.exists() and len(reading.letters()) == 1
    aged(path, 3.1)
    work_seldom()
    assert not path.exists() and reading.letters() == []


def test_what_was_left_by_others_goes_with_the_same_age(folder: Path) -> None:
    names = (f"{uuid4()}.eml", f".{uuid4()}.sealed", f"{uuid4()}.sealed", "odd.sealed")
    for name in names:
        (folder / name).write_bytes(b"x")
    assert clearing.clear_folder(at=timezone.now()) == 0
    for name in names:
        aged(folder / name, 4)
    assert clearing.clear_folder(at=timezone.now()) == len(names)
    assert clearing.clear_folder(at=timezone.now()) == 0
    assert len(reading.letters()) == 1


def test_a_letter_goes_with_the_code_it_brought(folder: Path) -> None:
    at = timezone.now()
    Letter.objects.update(expires_at=at + timedelta(minutes=15))
    assert clearing.clear_folder(at=at) == 0
    assert clearing.clear_folder(at=at + timedelta(minutes=16)) == 1
    assert list(folder.iterdir()) == []


def test_a_server_that_sends_its_mail_has_no_folder(settings: Any, tmp_path: Path) -> None:
    settings.SETWISE_DATA = tmp_path / "other"
    assert clearing.clear_folder(at=timezone.now()) == 0
    assert not transport.folder().exists()
