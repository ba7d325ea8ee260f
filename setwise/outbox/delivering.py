"""Handing letters to the mail server over one connection, which is made anew where it broke."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from types import TracebackType
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from setwise.outbox import diagnosing
from setwise.outbox.troubles import Trouble

STEP = 20  # seconds for each step of the conversation
VERDICT = 120  # seconds for the server to make up its mind about a letter it was given


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one attempt. `answer` is the server's; `trouble` is None where it took it."""

    trouble: Trouble | None
    answer: str
    at: datetime

    @property
    def accepted(self) -> bool:
        return self.trouble is None


class Plain(smtplib.SMTP):
    """A conversation that knows whether it began to give the letter in hand away."""

    gave_away = False

    def data(self, msg: object) -> tuple[int, bytes]:
        self.gave_away = True
        if self.sock:
            self.sock.settimeout(VERDICT)
        answer = super().data(msg)  # type: ignore[arg-type]
        if self.sock:
            self.sock.settimeout(STEP)
        return answer


class FromTheStart(Plain, smtplib.SMTP_SSL):
    """The same in TLS from its first word."""


class Connection:
    """One connection for a batch of letters, made when the first is handed over."""

    def __init__(self) -> None:
        self._server: Plain | None = None

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server:
            with contextlib.suppress(OSError):
                self._server.quit()
            self._server.close()

    def deliver(self, message: EmailMessage) -> Delivery:
        """Try once. Never raises for what a mail server may do; a refusal is an answer.

        A connection that the server ended meanwhile, before it was given this letter, is made anew.
        """
        is_kept = self._server is not None
        try:
            self._hand_over(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: odd settings
            server = self._server
            if server and not server.sock:
                self._server = None
                if is_kept and not server.gave_away:
                    return self.deliver(message)
            trouble = diagnosing.of(
                error, connected=server is not None, gave_away=bool(server and server.gave_away)
            )
            return Delivery(trouble, diagnosing.answer(error), timezone.now())
        return Delivery(None, "accepted", timezone.now())

    def _hand_over(self, message: EmailMessage) -> None:
        if self._server is None:
            self._server = connect()
        self._server.gave_away = False
        self._server.send_message(message)


def connect() -> Plain:
    """A conversation with the mail server of the settings, in TLS and signed in as they say.

    The certificate is checked, its name too. Raises what smtplib, ssl and the network raise.
    """
    url = urlsplit(settings.SETWISE_SMTP_URL)
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        checked = ssl.create_default_context()
        return _signed_in(FromTheStart(host, url.port or 465, timeout=STEP, context=checked))
    server = Plain(host, url.port or 587, timeout=STEP)
    if url.scheme == "smtp+starttls":
        with _closing(server):
            server.starttls(context=ssl.create_default_context())
    return _signed_in(server)


def _signed_in(server: Plain) -> Plain:
    url = urlsplit(settings.SETWISE_SMTP_URL)
    if url.username:
        with _closing(server):
            server.login(unquote(url.username), unquote(url.password or ""))
    return server


@contextlib.contextmanager
def _closing(server: Plain) -> Iterator[None]:
    """Leave no connection open behind an error."""
    try:
        yield
    except BaseException:
        server.close()
        raise
