"""The worker's ears: the mailbox and the LMTP port, each in a thread of its own, where they are set.

A mailbox that is slow to answer then holds up no letter with a code to sign in with.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from setwise.mailin import imap, lmtp

PAUSE = 30.0  # seconds between two looks into the mailbox
AGAIN = 10.0  # seconds until the port is asked for again: another worker may have it
ENDING = 10.0  # seconds that a message in hand is waited for
log = logging.getLogger(__name__)


@contextmanager
def while_working() -> Iterator[None]:
    """Listen for as long as the worker works; the message in hand is finished at the end."""
    stopped = threading.Event()
    jobs: list[Callable[[threading.Event], None]] = []
    jobs += [_look_on] if settings.SETWISE_IMAP_URL else []
    jobs += [_serve_on] if settings.SETWISE_LMTP else []
    threads = [
        threading.Thread(target=job, args=[stopped], name=job.__name__, daemon=True) for job in jobs
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in threads:
            thread.join(timeout=ENDING)


def look_once() -> int:
    """Look into the mailbox once, if there is one; returns how many messages were handled."""
    if not settings.SETWISE_IMAP_URL:
        return 0
    try:
        return imap.look(at=timezone.now()).handled
    except imap.Unreachable as error:
        log.warning("The mailbox could not be read. %s", error)
        return 0


def _look_on(stopped: threading.Event) -> None:
    said = ""
    while not stopped.is_set():
        trouble = _looked(stopped)
        if trouble and trouble != said:  # once, and again when it is another
            log.warning("The mailbox could not be read. %s", trouble)
        said = trouble
        stopped.wait(PAUSE)
    connection.close()


def _looked(stopped: threading.Event) -> str:
    close_old_connections()
    try:
        imap.look(at=timezone.now(), go_on=lambda: not stopped.is_set())
    except imap.Unreachable as error:
        return str(error)
    except DatabaseError as error:
        return f"The database did not answer: {type(error).__name__}."
    except Exception as error:  # noqa: BLE001 - its words might be somebody's
        return f"Something went wrong: {type(error).__name__}."
    return ""


def _serve_on(stopped: threading.Event) -> None:
    assert settings.SETWISE_LMTP
    host, port = settings.SETWISE_LMTP
    said = False
    while not stopped.is_set():
        try:
            asyncio.run(lmtp.serve(host, port, stopped))
        except OSError as error:
            if not said:
                why = error.strerror or type(error).__name__
                log.warning("Mail cannot be taken in at port %s: %s", port, why)
            said = True
            stopped.wait(AGAIN)
