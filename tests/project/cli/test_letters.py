"""`worker --once` sends what is due; `mail read` shows it where there is no mail server."""

from __future__ import annotations

from pathlib import Path

import pytest

from setwise.outbox.models import Letter
from setwise.outbox.posting import post
from setwise.people.models import Person
from tests.project.cli.conftest import Answer, Setwise

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def write(name: str, code: str) -> None:
    email = f"{name}@setwise.example"
    person = Person.objects.with_email(email) or Person.objects.create_user(email, name.title())
    words = {"code": code, "minutes": 15}
    post(key=code, to=person, template="people/email/code", context=words)


def codes(answer: Answer) -> list[str]:
    return [line.strip() for line in answer.out if line.startswith("    ")]


def test_an_empty_folder_is_called_empty(setwise: Setwise) -> None:
    assert setwise("mail", "read") == Answer(0, ["The mail folder is empty."], [])


def test_a_letter_is_sent_once_and_read_with_its_head(setwise: Setwise, data: Path) -> None:
    write("ada", "AAAA-1111")
    assert setwise("mail", "read").out == ["The mail folder is empty."]  # nobody sent it yet
    assert setwise("worker", "--once") == Answer(0, ["1 letters sent."], [])
    assert setwise("worker", "--once").out == ["0 letters sent."]
    answer = setwise("mail", "read")
    posted = Letter.objects.get().posted_at
    assert answer.out[:3] == [
        "To: ada@setwise.example",
        f"Date: {posted:%Y-%m-%d %H:%M}",
        "Subject: Your code for Setwise",
    ]
    assert codes(answer) == ["AAAA-1111"]


def test_the_newest_letters_come_first_and_as_many_as_asked_for(setwise: Setwise) -> None:
    for number, name in enumerate(["ada", "bo", "ada"]):
        write(name, f"AAAA-{number}000")
    for number, letter in enumerate(Letter.objects.order_by("name")):
        letter.posted_at = letter.posted_at.replace(year=2020 + number)
        letter.save()
    setwise("worker", "--once")
    assert codes(setwise("mail", "read")) == ["AAAA-2000", "AAAA-1000", "AAAA-0000"]
    assert codes(setwise("mail", "read", "--most", "1")) == ["AAAA-2000"]
    assert codes(setwise("mail", "read", "--to", "Ada@setwise.example")) == [
        "AAAA-2000",
        "AAAA-0000",
    ]
    assert setwise("mail", "read", "--to", "nobody@setwise.example").out == [
        "The mail folder is empty."
    ]
