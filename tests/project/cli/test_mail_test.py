"""`mail test` hands over a letter as every letter is, and says in words why it could not."""

from __future__ import annotations

from typing import Any

import pytest

from setwise.outbox.models import Letter
from tests.outbox.mail_servers import Answering, serving
from tests.project.cli.conftest import Answer, Setwise
from tests.serving import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.once]
READER = "amara@setwise.example"


def test_a_letter_that_is_taken(setwise: Setwise, settings: Any) -> None:
    handler = Answering()
    with serving(handler) as port:
        settings.SETWISE_SMTP_URL = f"smtp://localhost:{port}"
        answer = setwise("mail", "test", READER)
    assert answer == Answer(
        0,
        [
            f"Handing a letter for {READER} to smtp://localhost:{port} …",
            "It was accepted. See whether it arrives, and look among the spam too.",
        ],
        [],
    )
    assert (handler.accepted, Letter.objects.count()) == ([READER], 0)


def test_a_refusal_is_told_with_what_the_server_said_and_what_helps(
    setwise: Setwise, settings: Any
) -> None:
    with serving(Answering(mail="553 5.7.1 not yours")) as port:
        settings.SETWISE_SMTP_URL = f"smtp://localhost:{port}"
        answer = setwise("mail", "test", READER)
    assert (answer.status, answer.error) == (
        1,
        [
            "The mail server refuses our own address as the sender.",
            "It said: 553 5.7.1 not yours",
            "Set SETWISE_MAIL_FROM to an address that this user may send from.",
        ],
    )


def test_the_password_is_never_shown(setwise: Setwise, settings: Any) -> None:
    port = free_port()
    settings.SETWISE_SMTP_URL = f"smtp+starttls://setwise:s3cret@localhost:{port}"
    answer = setwise("mail", "test", READER)
    assert (answer.status, answer.error[0]) == (
        1,
        "Nothing listens there: the mail server refused the connection.",
    )
    assert "s3cret" not in " ".join(answer.out + answer.error)


def test_what_cannot_be_tried_is_told_in_one_line(setwise: Setwise, settings: Any) -> None:
    assert setwise("mail", "test", "amara") == Answer(2, [], ["'amara' is no address."])
    settings.SETWISE_SMTP_URL = ""
    answer = setwise("mail", "test", READER)
    assert (answer.status, answer.out, len(answer.error)) == (1, [], 1)
    assert "No mail server is set" in answer.error[0]
