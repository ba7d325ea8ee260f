"""Handing one message to the mail server; without one, to a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from setwise.outbox import post_key
from setwise.outbox.delivering import Connection, Delivery
from setwise.vault import sealing

SEALED = ".sealed"  # how the name of a letter's file in the folder ends
CONTEXT = "letter.file"


def folder() -> Path:
    return Path(settings.SETWISE_DATA) / "mail"


def keeps_letters() -> bool:
    """No mail server is set: letters go to the folder, where an operator reads them."""
    return not settings.SETWISE_SMTP_URL


@contextmanager
def line() -> Iterator[Callable[[EmailMessage], Delivery]]:
    """A way to hand over letters, one after the other, over one connection."""
    if keeps_letters():
        yield _to_folder
        return
    with Connection() as connection:
        yield connection.deliver


def deliver(message: EmailMessage) -> Delivery:
    """Try once, on a connection of its own."""
    with line() as hand_over:
        return hand_over(message)


def _to_folder(message: EmailMessage) -> Delivery:
    """Put it into the folder, sealed: what a letter says to one person stands nowhere in clear.

    The stable Message-ID names the file, so that a letter sent again replaces itself.
    """
    path = folder()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    letter_id = UUID(message["Message-ID"].strip("<>").split("@")[0])
    fresh = path / f".{letter_id}{SEALED}"
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(seal(message, letter_id))
    fresh.replace(path / f"{letter_id}{SEALED}")
    return Delivery(None, "put into the mail folder", timezone.now())


def seal(message: EmailMessage, letter_id: UUID) -> bytes:
    """The whole message, its headings too, sealed under the outbox's own key for that file alone."""
    words = message.as_bytes().decode("latin-1")  # bytes that stay as they are
    return sealing.seal(words, key_id=post_key.key_id(), context=CONTEXT, row_id=letter_id)
