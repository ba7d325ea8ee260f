"""Handing one message to the mail server; without one, to a folder."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from setwise.outbox.posting import _post_key_id
from setwise.vault import sealing

TIMEOUT = 30  # seconds
SEALED = ".sealed"  # how the name of a letter's file in the folder ends
CONTEXT = "letter.file"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one attempt. `answer` is the server's, with no word of the letter."""

    accepted: bool
    permanent: bool
    answer: str
    at: datetime


def folder() -> Path:
    return Path(settings.SETWISE_DATA) / "mail"


def keeps_letters() -> bool:
    """No mail server is set: letters go to the folder, where an operator reads them."""
    return not settings.SETWISE_SMTP_URL


def deliver(message: EmailMessage) -> Delivery:
    """Try once. Never raises for what a mail server may do; a refusal is an answer."""
    if keeps_letters():
        return _to_folder(message)
    try:
        with _connect() as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        return _refused(code, text)
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, error.smtp_error)
    except (
        OSError,
        smtplib.SMTPException,
        ValueError,
    ) as error:  # a host or password of no letters
        return Delivery(False, False, f"No answer: {type(error).__name__}", timezone.now())
    return Delivery(True, False, "accepted", timezone.now())


def _connect() -> smtplib.SMTP:
    url = urlsplit(settings.SETWISE_SMTP_URL)
    host, context = url.hostname or "localhost", ssl.create_default_context()
    server: smtplib.SMTP
    if url.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 587, timeout=TIMEOUT)
        if url.scheme == "smtp+starttls":
            server.starttls(context=context)
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    return server


def _refused(code: int, text: bytes | str) -> Delivery:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return Delivery(False, code >= 500, f"{code} {words}", timezone.now())


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
    return Delivery(True, False, "put into the mail folder", timezone.now())


def seal(message: EmailMessage, letter_id: UUID) -> bytes:
    """The whole message, its headings too, sealed under the outbox's own key for that file alone."""
    words = message.as_bytes().decode("latin-1")  # bytes that stay as they are
    return sealing.seal(words, key_id=_post_key_id(), context=CONTEXT, row_id=letter_id)
