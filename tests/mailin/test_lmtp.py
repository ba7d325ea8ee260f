"""Mail in by LMTP: the conversation that a mail server has with us, over a socket."""

from __future__ import annotations

import asyncio
import logging
import smtplib
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from setwise.actions.models import Action, Progress
from setwise.mailin import dispatching, listening, lmtp
from tests.actions.company import decided, gather, somebody
from tests.mailin.samples import sample
from tests.mailin.sending import WORDS, counted, plain, token
from tests.serving import free_port

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


@pytest.fixture
def port(settings: Any) -> Iterator[int]:
    """Where Setwise listens, as the worker has it."""
    port = free_port()
    settings.SETWISE_LMTP = ("127.0.0.1", port)
    with listening.while_working():
        yield port
    close_old_connections()


@pytest.fixture
def action() -> Action:
    return decided(somebody("amara"), gather("ruth", "amara"))


@pytest.fixture
def given(action: Action) -> str:
    return token("reply-action", action.owner, action.pk, at=NOW)


def called(port: int) -> smtplib.LMTP:
    """A mail server that begins to speak; it waits until somebody listens."""
    give_up = time.monotonic() + 20
    while True:
        try:
            return smtplib.LMTP("127.0.0.1", port, timeout=20)
        except OSError:
            assert time.monotonic() < give_up
            time.sleep(0.02)


def address(token: str) -> str:
    return f"setwise+{token}@sets.example"


def handed(server: smtplib.LMTP, raw: bytes, *tokens: str) -> dict[str, tuple[int, Any]]:
    """The answers that are no yes, by recipient."""
    try:
        return server.sendmail("x@y.example", [address(each) for each in tokens], raw)
    except smtplib.SMTPRecipientsRefused as refused:
        return refused.recipients
    except smtplib.SMTPDataError as error:
        return {"": (error.smtp_code, error.smtp_error)}


def spoken(server: smtplib.LMTP, raw: bytes, *recipients: str) -> list[int]:
    """The same by hand, from nobody as a bounce comes; the answer to each recipient."""
    server.ehlo_or_helo_if_needed()
    server.mail("")
    assert {server.rcpt(each)[0] for each in recipients} == {250}
    server.putcmd("data")
    assert server.getreply()[0] == 354
    server.send(raw + b".\r\n")
    return [server.getreply()[0] for _ in recipients]


def test_what_is_handed_over_is_handled_before_the_yes(
    port: int, given: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="setwise")
    with called(port) as server:
        assert handed(server, sample("gmail-web-en"), given) == {}
        told = Progress.objects.get()
        assert told.happened().startswith("I rang the first of them.")
        assert handed(server, sample("gmail-web-en"), given) == {}  # once more
        assert handed(server, plain(given), given) == {}  # one conversation, another message
    assert Progress.objects.count() == 2
    assert counted() == {"progress": 2}
    assert logging.getLogger("mail.log").getEffectiveLevel() >= logging.CRITICAL
    assert "I rang" not in caplog.text


def test_every_recipient_has_an_answer_and_nobody_is_refused(port: int, given: str) -> None:
    """A refusal would make the mail server write to whomever the message says it is from."""
    with called(port) as server:
        raw, others = plain("a" * 45), [address("b" * 45), address("nobody"), "postmaster"]
        assert spoken(server, raw, address(given), *others) == [250] * 4
        assert server.noop()[0] == 250  # there is no answer too many
    assert counted() == {"progress": 1, "unknown": 3}
    assert Progress.objects.get().happened() == WORDS


@pytest.mark.parametrize("error", [OperationalError(WORDS), RuntimeError(WORDS)])
def test_what_cannot_be_taken_in_stays_with_the_mail_server(
    port: int,
    given: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    with called(port) as server:
        with monkeypatch.context() as patched:
            patched.setattr(dispatching, "dispatch", refuse)
            ((code, answer),) = handed(server, plain(given), given).values()
            assert code == 451
            assert WORDS.encode() not in answer
        assert handed(server, plain(given), given) == {}
    assert Progress.objects.count() == 1
    assert WORDS not in caplog.text


def test_what_is_too_large_is_taken_and_dropped(
    port: int, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("setwise.mailin.reading.message.LARGEST", 3000)
    monkeypatch.setattr(lmtp, "LONGEST", 9000)
    with called(port) as server:
        assert handed(server, plain(given, "x" * 4000), given) == {}
        # beyond what is read at all: each of two recipients is answered, and the talk goes on
        too_much = spoken(server, plain(given, "x " * 9000), address(given), address("b" * 45))
        assert too_much == [552, 552]
        assert handed(server, plain(given, "x " * 9, number=3), given) == {}
    assert counted() == {"huge": 1, "progress": 1}


def test_a_paragraph_in_one_line_is_no_line_too_long(port: int, given: str) -> None:
    with called(port) as server:
        assert handed(server, plain(given, "word " * 600), given) == {}
    assert Progress.objects.get().happened().startswith("word word")


def test_a_second_worker_takes_over_where_the_first_listened(settings: Any, given: str) -> None:
    port = free_port()
    settings.SETWISE_LMTP = ("127.0.0.1", port)
    first = threading.Event()
    listening_first = threading.Thread(
        target=lambda: asyncio.run(lmtp.serve("127.0.0.1", port, first))
    )
    listening_first.start()
    called(port).quit()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(listening, "AGAIN", 0.05)
        with listening.while_working():
            first.set()
            listening_first.join()
            with called(port) as server:
                assert handed(server, plain(given), given) == {}
    assert Progress.objects.count() == 1
