from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID


class Viewer:
    """One open stream. It holds the latest state that is not sent yet, not a queue of changes."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        meeting: UUID,
        session: str,
        person: Any,
        *,
        screen: bool = False,
    ) -> None:
        self.loop = loop
        self.meeting, self.session = meeting, session
        self.person: UUID = person.id
        self.language: str = person.language
        self.zone = person.tzinfo
        self.screen = screen  # a big screen: no word is sent to it, and nobody is present by it
        self.sent: dict[str, Any] = {}
        self.gone = False
        self._waiting: dict[str, Any] = {}
        self._event = asyncio.Event()

    def offer(self, message: dict[str, Any]) -> None:
        """From the tailer's thread: the regions that changed, over what still waits."""
        self.loop.call_soon_threadsafe(self._merge, message)

    def close(self) -> None:
        """From the tailer's thread: the seat or the session is gone."""
        self.gone = True
        self.loop.call_soon_threadsafe(self._event.set)

    def _merge(self, message: dict[str, Any]) -> None:
        regions = self._waiting.get("regions", {}) | message["regions"]
        self._waiting = message | {"regions": regions}
        self._event.set()

    async def next(self, timeout: float) -> bytes | None:
        """The next piece to send, b'' after `timeout` seconds of quiet, None when it is over."""
        try:
            await asyncio.wait_for(self._event.wait(), timeout)
        except TimeoutError:
            return b""
        self._event.clear()
        if self.gone:
            return None
        message, self._waiting = self._waiting, {}
        if not message:
            return b""
        data = json.dumps(message, ensure_ascii=False)
        return f"id: {message['version']}\nevent: region\ndata: {data}\n\n".encode()
