from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Message:
    """What changed, for all who read a room alike: encoded once for them."""

    content: dict[str, Any]

    @cached_property
    def data(self) -> bytes:
        data = json.dumps(self.content, ensure_ascii=False)
        return f"id: {self.content['version']}\nevent: region\ndata: {data}\n\n".encode()

    def over(self, earlier: Message) -> Message:
        """This one and what is not in it of an earlier one."""
        regions = earlier.content["regions"] | self.content["regions"]
        return Message(earlier.content | self.content | {"regions": regions})


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
        self.sent: Any = None  # what the tailer has offered last
        self.gone = False  # the seat or the session is
        self._left = False  # the reader is
        self._quiet = False
        self._waiting: Message | None = None
        self._wake: asyncio.Future[None] | None = None

    def offer(self, message: Message) -> None:
        """From the tailer's thread: the regions that changed, over what still waits."""
        hand_over([(self, message)])

    def close(self) -> None:
        """From the tailer's thread: the seat or the session is gone."""
        self.gone = True
        self.loop.call_soon_threadsafe(self._go_on)

    def leave(self) -> None:
        """On the loop: the reader is gone, or the process stops."""
        self._left = True
        self._go_on()

    def say_still(self) -> None:
        """On the loop: it was quiet for long, so let the reader know that somebody is here."""
        self._quiet = True
        self._go_on()

    async def next(self) -> bytes | None:
        """The next piece to send, b'' where it was quiet for long, None when it is over."""
        while True:
            if self.gone or self._left:
                return None
            message, self._waiting = self._waiting, None
            quiet, self._quiet = self._quiet, False
            if message:
                return message.data
            if quiet:
                return b""
            self._wake = self.loop.create_future()
            await self._wake

    def take(self, message: Message) -> None:
        """On the loop."""
        self._waiting = message.over(self._waiting) if self._waiting else message
        self._go_on()

    def _go_on(self) -> None:
        if self._wake and not self._wake.done():
            self._wake.set_result(None)


Offer = tuple[Viewer, Message]


def hand_over(offers: Sequence[Offer]) -> None:
    """From the tailer's thread: what streams are to be sent, in one wake-up of their loop."""
    if offers:
        offers[0][0].loop.call_soon_threadsafe(_take, offers)  # a process has one loop for them


def _take(offers: Sequence[Offer]) -> None:
    for viewer, message in offers:
        viewer.take(message)
