"""Without a mail server letters go to a folder, which is its owner's alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from setwise.outbox import composing, reading, sending, transport
from setwise.outbox.models import Letter
from tests.outbox.test_sending import write

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.SETWISE_DATA = tmp_path
    return tmp_path / "mail"


def send() -> int:
    return sending.send_due(at=timezone.now())


def test_a_letter_in_the_folder_is_its_owners_alone(folder: Path) -> None:
    write()
    assert send() == 1
    (path,) = folder.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600
    letter = Letter.objects.get()
    assert (path.name, letter.state, letter.body_sealed) == (f"{letter.id}.sealed", "sent", None)


def test_a_letter_is_read_as_it_was_written(folder: Path) -> None:
    address = "łucja@setwise.example"
    write(address=address)
    send()
    (letter,) = reading.letters()
    assert (letter.to, letter.subject) == (address, "Your code for Setwise")
    assert "ABC-DEF" in letter.text
    row = Letter.objects.get()
    assert abs(letter.at - row.posted_at) < timedelta(seconds=1)


def test_a_letter_sent_again_takes_its_own_place(folder: Path) -> None:
    write()
    send()
    Letter.objects.update(state="waiting")
    row = Letter.objects.get()
    write(key="another")
    message = composing.message(Letter.objects.get(name="another"))
    message.replace_header("Message-ID", f"<{row.id}@setwise.invalid>")
    assert transport.deliver(message).accepted
    assert [path.name for path in folder.iterdir()] == [f"{row.id}.sealed"]


def test_a_letter_half_written_is_not_read(folder: Path) -> None:
    write()
    send()
    (whole,) = folder.iterdir()
    (folder / f".{whole.name}").write_bytes(whole.read_bytes()[:40])
    assert len(reading.letters()) == 1


def test_letters_are_read_the_newest_first_and_by_address(folder: Path) -> None:
    for number, name in enumerate(["ada", "bo", "ada"]):
        write(key=str(number), address=f"{name}@setwise.example")
        at = datetime(2027, 2, 1 + number, 12, tzinfo=timezone.get_default_timezone())
        Letter.objects.filter(name=str(number)).update(posted_at=at)
    send()
    assert [(letter.to, letter.at.day) for letter in reading.letters()] == [
        ("ada@setwise.example", 3),
        ("bo@setwise.example", 2),
        ("ada@setwise.example", 1),
    ]
    assert [letter.at.day for letter in reading.letters(to="ADA@setwise.example")] == [3, 1]
    assert reading.letters(to="cy@setwise.example") == []


def test_the_demo_shows_its_letters_on_its_own_machine(client: Client, settings: Any) -> None:
    write()
    send()
    settings.SETWISE_DEMO = True
    for address in ("127.0.0.1", "::1"):
        assert "ABC-DEF" in client.get("/demo/mail/", REMOTE_ADDR=address).content.decode()


@pytest.mark.parametrize(
    ("demo", "address", "headers"),
    [
        (False, "127.0.0.1", {}),
        (True, "192.0.2.7", {}),
        (True, "::ffff:192.0.2.7", {}),
        (True, "127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}),
    ],
)
def test_letters_are_shown_to_no_other_machine_and_by_no_other_server(
    client: Client, settings: Any, demo: bool, address: str, headers: dict[str, str]
) -> None:
    write()
    send()
    settings.SETWISE_DEMO = demo
    answer = client.get("/demo/mail/", REMOTE_ADDR=address, headers=headers)
    assert answer.status_code == 404
    assert "ABC-DEF" not in answer.content.decode()
