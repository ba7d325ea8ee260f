"""A mail server that takes every letter as fast as it can, and notes when. It keeps none."""

from __future__ import annotations

import asyncio
import threading
import time

from benchmarks.serving import free_port

ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n", b"EHLO": b"250-sink\r\n250 SIZE\r\n"}
END = b"\r\n.\r\n"


class Talk(asyncio.Protocol):
    """One conversation."""

    def __init__(self, taken: list[float]) -> None:
        self.taken, self.rest, self.in_letter = taken, b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.rest += data
        while (end := self.rest.find(END if self.in_letter else b"\r\n")) >= 0:
            said, self.rest = self.rest[:end], self.rest[end + (5 if self.in_letter else 2) :]
            if self.in_letter:
                self.taken.append(time.monotonic())
                self.in_letter = False
                self.transport.write(b"250 taken\r\n")
                continue
            word = said[:4].upper()
            self.in_letter = word == b"DATA"
            self.transport.write(ANSWERS.get(word, b"250 OK\r\n"))
            if word == b"QUIT":
                self.transport.close()


class Sink:
    """The server, in a thread of this process; `taken` holds when each letter was."""

    def __init__(self) -> None:
        self.port, self.taken = free_port(), list[float]()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @staticmethod
    def now() -> float:
        """The time by the clock of `taken`."""
        return time.monotonic()

    def __enter__(self) -> Sink:
        self._thread.start()
        opening = self._loop.create_server(lambda: Talk(self.taken), "127.0.0.1", self.port)
        self._server = asyncio.run_coroutine_threadsafe(opening, self._loop).result(timeout=10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._server.close()
        self._loop.close()
