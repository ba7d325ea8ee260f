"""A mail server as they are: it lets strangers wait, hangs up in the middle, takes letters at last."""

from __future__ import annotations

import email
import threading
from collections import Counter
from typing import Any


class Whimsical:
    """Each whim is had once for each letter, by the name before the @ of its reader.

    `wait…` is greylisted, `drop…` loses the connection after its last line, `die…` at its recipient,
    `no…` is refused. `accepted` holds the Message-ID of each letter that was taken, as often as it was.
    """

    def __init__(self) -> None:
        self.accepted, self.connections = list[str](), set[tuple[str, int]]()
        self.seen: Counter[str] = Counter()
        self.holds, self.held, self.holder = "", threading.Event(), 0

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.connections.add(session.peer)
        name = address.partition("@")[0]
        if name.startswith("no"):
            return "550 5.1.1 no such mailbox"
        if name.startswith("wait") and self._is_first(address):
            return "450 4.2.0 Greylisted, come again"
        if name.startswith("die") and self._is_first(address):
            raise ConnectionResetError
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        (address,) = envelope.rcpt_tos
        if address.startswith("drop") and self._is_first(address):
            raise ConnectionResetError
        self.accepted.append(str(email.message_from_bytes(envelope.content)["Message-ID"]))
        if address == self.holds and self._is_first(address):
            self.holder = session.peer[1]
            self.held.set()  # the letter is taken; whoever brought it is never told
            await server.loop.create_future()
        return "250 OK"

    def _is_first(self, address: str) -> bool:
        self.seen[address] += 1
        return self.seen[address] == 1
