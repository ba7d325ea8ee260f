"""Against a real SMTP conversation."""

from __future__ import annotations

import email
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction
from django.utils import timezone

from setwise.outbox import sending
from setwise.outbox.models import Letter
from setwise.outbox.posting import post
from setwise.people.models import Person
from tests.serving import free_port
from tests.together import together


class Postman:
    """An SMTP server's handler that keeps what it accepts, and refuses what it is told to."""

    def __init__(self) -> None:
        self.accepted: list[Any] = []
        self.raw: list[bytes] = []
        self.answers: list[str] = []
        self.refuses = ""

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address == self.refuses:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        self.raw.append(envelope.content)
        self.accepted.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def postman(settings: Any) -> Iterator[Postman]:
    handler = Postman()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.SETWISE_SMTP_URL = f"smtp://127.0.0.1:{port}"
    yield handler
    controller.stop()


def write(key: str = "a-letter", address: str = "amara@setwise.example") -> Person:
    person = Person.objects.with_email(address) or Person.objects.create_user(address, "Amara")
    post(
        key=key, to=person, template="people/email/code", context={"code": "ABC-DEF", "minutes": 15}
    )
    return person


@pytest.mark.django_db
def test_a_letter_is_sent_once_and_its_body_purged(postman: Postman) -> None:
    write()
    write()  # the same key again posts nothing
    sealed = bytes(Letter.objects.get().body_sealed or b"")
    assert b"ABC-DEF" not in sealed
    assert sending.send_due(at=timezone.now()) == 1
    assert sending.send_due(at=timezone.now()) == 0
    (message,) = postman.accepted
    assert message["To"] == "amara@setwise.example"
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in message.walk()}
    assert b"ABC-DEF" in parts["text/plain"]
    assert b"ABC-DEF" in parts["text/html"]
    letter = Letter.objects.get()
    assert (letter.state, letter.body_sealed) == ("sent", None)


@pytest.mark.django_db
def test_a_refused_recipient_is_not_sent_and_the_answer_kept(postman: Postman) -> None:
    postman.refuses = "amara@setwise.example"
    write()
    assert sending.send_due(at=timezone.now()) == 0
    letter = Letter.objects.get()
    assert letter.state == "failed"
    assert "no such mailbox" in letter.last_answer
    assert letter.body_sealed is None


@pytest.mark.django_db
def test_a_passing_failure_is_tried_again_with_the_same_message_id(postman: Postman) -> None:
    postman.answers = ["451 4.7.1 greylisted, come again"]
    write()
    now = timezone.now()
    assert sending.send_due(at=now) == 0
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == ("waiting", 1)
    assert sending.send_due(at=now + timedelta(seconds=30)) == 0
    assert sending.send_due(at=now + timedelta(minutes=5)) == 1
    assert postman.accepted[0]["Message-ID"] == f"<{letter.id}@setwise.invalid>"


@pytest.mark.django_db
def test_a_dead_workers_letter_is_taken_over_after_its_lease(postman: Postman) -> None:
    write()
    now = timezone.now()
    assert sending._claim(Letter.objects.get(), now)
    assert sending.send_due(at=now) == 0
    assert sending.send_due(at=now + sending.LEASE + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_sign_in_mail_does_not_outlive_its_code(postman: Postman) -> None:
    person = Person.objects.create_user("late@setwise.example", "Late")
    now = timezone.now()
    post(
        key="code",
        to=person,
        template="people/email/code",
        context={"code": "X"},
        expires_at=now - timedelta(seconds=1),
    )
    assert sending.send_due(at=timezone.now()) == 0
    assert Letter.objects.get().state == "expired"
    assert postman.accepted == []


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_is_rolled_back_is_never_reported(postman: Postman) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(postman: Postman) -> None:
    for number in range(12):
        write(key=f"letter-{number}")

    def work() -> None:
        sending.send_due(at=timezone.now())

    assert together(work, work) == ["done", "done"]
    sent = [message["Message-ID"] for message in postman.accepted]
    assert len(sent) == len(set(sent)) == 12


@pytest.mark.django_db
def test_asked_to_stop_it_finishes_the_letter_in_hand_and_begins_no_other(
    postman: Postman,
) -> None:
    for number in range(3):
        write(f"letter-{number}")
    sent = sending.send_due(at=timezone.now(), go_on=lambda: not postman.accepted)
    assert (sent, len(postman.accepted)) == (1, 1)
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["sent", "waiting", "waiting"]
    assert Letter.objects.filter(state="claimed").count() == 0
