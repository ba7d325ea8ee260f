"""Everybody's mailbox: a real SMTP server that keeps what it accepts, and finds links in it."""

from __future__ import annotations

import email
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.serving import free_port

PATIENCE = 20.0  # seconds until a letter has come


class Postbox:
    def __init__(self) -> None:
        self.port = free_port()
        self.letters: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        message: EmailMessage = email.message_from_bytes(envelope.content, policy=policy.default)
        for address in envelope.rcpt_tos:
            self.letters.append((address, message))
        return "250 OK"

    def to(self, address: str, about: str) -> str:
        """The words of `newest`."""
        return words_of(self.newest(address, about))

    def newest(self, address: str, about: str) -> EmailMessage:
        """The newest letter to this address with these words in its subject, once it has come."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            found = [
                each for to, each in self.letters if to == address and about in each["Subject"]
            ]
            if found:
                return found[-1]
            time.sleep(0.1)
        had = [message["Subject"] for to, message in self.letters if to == address]
        raise AssertionError(f"No letter about {about!r} came to {address}, only {had}.")

    def link_to(self, address: str, about: str) -> str:
        found = re.search(r"https?://\S+", self.to(address, about))
        assert found
        return found[0]

    def everything(self) -> list[tuple[str, str]]:
        """Each letter's address with all of its words, headings and both its parts."""
        return [(to, f"{message.items()}{words_of(message)}") for to, message in self.letters]


def words_of(message: EmailMessage) -> str:
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join(part.get_content() for part in parts)


@contextmanager
def postbox() -> Iterator[Postbox]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
