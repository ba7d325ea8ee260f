"""Real mail servers, each with one thing the matter with it."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.serving import free_port


class Answering:
    """Answers each step as it is told to, and takes what nobody refuses."""

    def __init__(self, **answers: str) -> None:
        self.answers, self.accepted = answers, list[str]()

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("mail", "250 OK")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("rcpt", "250 OK")

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        answer = self.answers.get("data", "250 OK")
        if answer.startswith("250"):
            self.accepted += envelope.rcpt_tos
        return answer


def knows(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    """Whether it is the one user this server has."""
    right = isinstance(given, LoginPassword) and given == LoginPassword(b"setwise", b"p@ss")
    return AuthResult(success=right, handled=False)


@contextmanager
def serving(handler: Answering, *, tls: ssl.SSLContext | None = None, **more: Any) -> Iterator[int]:
    """A server at localhost; `tls` from its first word, or STARTTLS where `tls_context` is given."""
    controller = Controller(
        handler, hostname="127.0.0.1", port=free_port(), ssl_context=tls, **more
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def saying(*lines: bytes, then: float = 0) -> Iterator[int]:
    """A server that says these lines to whoever comes, whatever they say, and hangs up `then`."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                talk, _ = listening.accept()
            except OSError:
                return
            with talk:
                for line in lines:
                    talk.sendall(line)
                over.wait(then)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(timeout=5)
