"""Requests that may get lost, and streams that may be read slowly; each has a connection of its own."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

TOKEN = "c" * 32
PATIENCE = 30.0  # seconds for an answer
SMALL = 4096  # bytes that a slow reader leaves room for
TROUBLES = (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError)


class Lost(Exception):
    """There is no answer: nobody knows what became of it."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: str


@dataclass(frozen=True)
class Line:
    """A browser's way to the server: where that is, and who is signed in."""

    port: int
    session: str

    async def get(self, path: str) -> Answer:
        return await self._ask(f"GET {path}", "")

    async def post(self, path: str, fields: dict[str, str], *, drop: bool = False) -> Answer:
        """Send a form; `drop`: cut the connection before there can be an answer, or soon after."""
        body = urlencode(fields)
        more = f"X-CSRFToken: {TOKEN}\r\nX-Setwise-Room: 1\r\n"
        more += "Content-Type: application/x-www-form-urlencoded\r\n"
        return await self._ask(
            f"POST {path}", f"{more}Content-Length: {len(body)}\r\n", body, drop=drop
        )

    async def stream(self, room: str, *, slow: bool = False) -> AsyncGenerator[bytes, None]:
        """A room's messages as they come, an unfinished last one too. Raises Lost if refused."""
        async with self._connection(slow=slow) as (reader, writer):
            try:
                writer.write(self._head(f"GET {room}stream/", ""))
                async with asyncio.timeout(PATIENCE):
                    if await _status(reader) != 200:
                        raise Lost
                rest = b""
                while piece := await reader.read(SMALL):
                    *messages, rest = (rest + piece).split(b"\n\n")
                    for message in messages:
                        yield message
                if rest:
                    yield rest
            except TROUBLES as error:
                raise Lost from error

    async def _ask(self, what: str, more: str, body: str = "", *, drop: bool = False) -> Answer:
        try:
            async with (
                asyncio.timeout(PATIENCE),
                self._connection() as (reader, writer),
            ):
                writer.write(self._head(what, more) + body.encode())
                await writer.drain()
                if drop:
                    await asyncio.sleep(random.random() * 0.1)  # the server may have begun, or not
                    raise Lost
                status = await _status(reader)
                return Answer(status, (await reader.read()).decode("utf-8", "replace"))
        except TROUBLES as error:
            raise Lost from error

    def _head(self, what: str, more: str) -> bytes:
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}"
        # HTTP/1.0: the answer is whole when the connection ends
        return f"{what} HTTP/1.0\r\nHost: localhost\r\nCookie: {cookies}\r\n{more}\r\n".encode()

    @asynccontextmanager
    async def _connection(
        self, *, slow: bool = False
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        plug = socket.socket()
        plug.setblocking(False)
        if slow:
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        try:
            await asyncio.get_running_loop().sock_connect(plug, ("127.0.0.1", self.port))
            limit = SMALL if slow else 1 << 20
            reader, writer = await asyncio.open_connection(sock=plug, limit=limit)
        except TROUBLES as error:
            plug.close()
            raise Lost from error
        try:
            yield reader, writer
        finally:
            writer.transport.abort()


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1])
