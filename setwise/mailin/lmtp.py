"""Mail in by LMTP (RFC 2033): a mail server beside Setwise hands each message over, in a conversation.

A message is handled before its server is told so: nothing of it is stored in between. What cannot be
taken in now stays with that server, which comes again.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, AnyStr

from aiosmtpd.lmtp import LMTP
from django.db import close_old_connections, connection
from django.utils import timezone

from setwise.mailin import receiving
from setwise.mailin.reading import LARGEST

TAKEN, LATER = "250 2.0.0 Taken", "451 4.3.0 Not just now"
LONGEST = 5 * LARGEST  # bytes that are read at all; what is above LARGEST is taken and dropped
LINE = 1_000_000  # bytes; programs write whole paragraphs in a line
RECIPIENTS = 100
LOOKING_UP = 0.2  # seconds between two looks whether to stop
QUIET = 120  # seconds until a silent server is hung up on
REFUSED_WHOLE = ("500 Line too long", "552 ")


class Conversation(LMTP):
    """One server's conversation: an answer for each recipient, as LMTP has it."""

    line_length_limit = LINE

    async def push(self, status: AnyStr) -> None:
        if isinstance(status, str) and status.startswith(REFUSED_WHOLE) and self.envelope:
            for _ in self.envelope.rcpt_tos[1:]:
                await super().push(status)
        await super().push(status)


class Desk:
    """Takes messages in, one at a time, in a thread of its own: the database waits for nobody."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lmtp")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Everybody is welcome: a refusal would make the server write to whoever sent it."""
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        loop = asyncio.get_running_loop()
        answers = [
            await loop.run_in_executor(self._thread, _take, bytes(envelope.content), address)
            for address in envelope.rcpt_tos
        ]
        return "\r\n".join(answers)

    async def handle_exception(self, error: Exception) -> str:
        """Whatever it was, it is told to nobody: its words might be the message's."""
        return LATER

    def close(self) -> None:
        """Wait for the message in hand, and let the database go."""
        self._thread.submit(_let_go)
        self._thread.shutdown(wait=True)


def _let_go() -> None:
    connection.close()  # the one of the thread that this runs in


def _take(raw: bytes, address: str) -> str:
    close_old_connections()
    try:
        receiving.take(raw, envelope=[address], at=timezone.now())
    except receiving.TryLater:
        return LATER
    return TAKEN


async def serve(host: str, port: int, stopped: threading.Event) -> None:
    """Listen until `stopped`, then finish the message in hand. Raises OSError where it cannot."""
    desk = Desk()
    loop = asyncio.get_running_loop()

    def conversation() -> Conversation:
        return Conversation(
            desk, data_size_limit=LONGEST, ident="Setwise", timeout=QUIET, loop=loop
        )

    server = await loop.create_server(conversation, host, port)
    try:
        while not stopped.is_set():
            await asyncio.sleep(LOOKING_UP)
    finally:
        server.close()
        await loop.run_in_executor(None, desk.close)
