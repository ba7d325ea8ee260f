"""Mail in by a mailbox: looked into every half minute, and emptied of what was meant for Setwise."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.consts import MailMessageFlags
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from setwise.mailin import receiving
from setwise.mailin.reading import LARGEST

TIMEOUT = 30.0  # seconds
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
MOST = 200  # messages a look


class Unreachable(Exception):
    """The mailbox could not be looked into; the message is one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Look:
    """How many messages were handled, and how many are left for another try."""

    handled: int
    left: int


def look(*, at: datetime, go_on: Callable[[], bool] = lambda: True) -> Look:
    """Handle what nobody has read yet, one message after the other while `go_on`.

    What was meant for Setwise is deleted once it is handled. What came to no address of ours is left
    there, marked as read: the mailbox may be somebody's. Raises Unreachable.
    """
    handled = left = 0
    with _opened() as box:
        for number in box.uids(AND(seen=False))[:MOST]:
            if not go_on():
                break
            try:
                handled += _take(box, number, at)
            except receiving.TryLater:
                left += 1
    return Look(handled, left)


def _take(box: BaseMailBox, number: str, at: datetime) -> bool:
    """Handle one; False where another worker has taken it away by now."""
    size = _fetched(box, number, "RFC822.SIZE")
    if size is None:
        return False
    # of one that is too large only its headings: they say whether it was meant for us
    huge = bool((told := SIZE.search(size)) and int(told[1]) > LARGEST)
    raw = _fetched(box, number, "BODY.PEEK[HEADER]" if huge else "BODY.PEEK[]")
    if raw is None:
        return False
    # killed here, or before the deletion: the message is known by its Message-ID, and deleted then
    if receiving.take(raw, huge=huge, at=at).ours:
        box.delete(number)
    else:
        box.flag(number, MailMessageFlags.SEEN, True)
    return True


def _fetched(box: BaseMailBox, number: str, what: str) -> bytes | None:
    _, data = box.client.uid("fetch", number, f"({what})")
    for item in data or ():
        if isinstance(item, tuple):
            return bytes(item[1])
        if isinstance(item, bytes) and SIZE.search(item):
            return item
    return None


@contextmanager
def _opened() -> Iterator[BaseMailBox]:
    url = urlsplit(settings.SETWISE_IMAP_URL)
    user, password = unquote(url.username or ""), unquote(url.password or "")
    folder = unquote(url.path.strip("/")) or "INBOX"
    try:
        with _connected(url.scheme, url.hostname or "localhost", url.port) as box:
            if (user + password).isascii():
                box.login(user, password, initial_folder=None)
            else:
                box.login_utf8(user, password, initial_folder=None)
            box.folder.set(folder)
            yield box
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
        raise Unreachable(explained(error)) from None


def _connected(scheme: str, host: str, port: int | None) -> BaseMailBox:
    context = ssl.create_default_context()
    if scheme == "imaps":
        return MailBox(host, port or 993, timeout=TIMEOUT, ssl_context=context)
    if scheme == "imap+starttls":
        return MailBoxStartTls(host, port or 143, timeout=TIMEOUT, ssl_context=context)
    return MailBoxUnencrypted(host, port or 143, timeout=TIMEOUT)


def explained(error: Exception) -> str:
    """Why the mailbox cannot be looked into, in words that hold no password and no message."""
    match error:
        case ssl.SSLCertVerificationError():
            return f"Its certificate is not trusted: {error.verify_message}."
        case ssl.SSLError():
            return "It speaks no TLS there. Look at the scheme and the port."
        case socket.gaierror():
            return "Its host is not known. Look at the name, and whether DNS answers."
        case ConnectionRefusedError():
            return "Nobody listens there. Look at the host and the port."
        case TimeoutError():
            return "It did not answer in time. Look at the host, the port and a firewall between."
        case MailboxLoginError():
            return "It refused the user or the password."
        case MailboxFolderSelectError():
            return "It has no such folder. Look at what follows the host in SETWISE_IMAP_URL."
    return f"It broke off: {type(error).__name__}."
