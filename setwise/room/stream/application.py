"""The stream as raw ASGI, beside Django."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from django.db import DatabaseError, close_old_connections
from django.http import Http404

from setwise.room.stream import gate, presence
from setwise.room.stream.tailer import Tailer
from setwise.room.stream.viewer import Viewer

KEEP_ALIVE = 15.0  # seconds
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Hub:
    """What a process shares among its streams: the tailer, and a thread for gate and presence."""

    def __init__(self) -> None:
        self.tailer = Tailer()
        self.threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stream-gate")
        self._presence = asyncio.get_running_loop().create_task(self._keep_presence())

    async def admit(self, key: str, meeting: UUID) -> Viewer | int:
        """A viewer, or the status to answer: 403 without a session, 404 without a seat, 503 while
        the database does not answer."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self._admit, loop, key, meeting)

    def _admit(self, loop: asyncio.AbstractEventLoop, key: str, meeting: UUID) -> Viewer | int:
        close_old_connections()  # as a request would: a lost one is not used again
        try:
            person = gate.person_of(key)
            if person is None:
                return 403
            gate.entry_of(person, meeting)
        except Http404:
            return 404
        except DatabaseError:
            return 503
        return Viewer(loop, meeting, key, person)

    async def _keep_presence(self) -> None:
        loop = asyncio.get_running_loop()
        seen: set[tuple[UUID, UUID]] = set()
        since = 0.0
        while True:
            await asyncio.sleep(2)
            viewers = self.tailer.viewers()
            now = {(viewer.meeting, viewer.person) for viewer in viewers}
            if now != seen or (now and loop.time() - since > presence.EVERY):
                with contextlib.suppress(Exception):  # a hint only: the next batch says it again
                    await loop.run_in_executor(self.threads, presence.write, viewers)
                seen, since = now, loop.time()


_hub: Hub | None = None


def hub() -> Hub:
    global _hub
    if _hub is None:
        _hub = Hub()
    return _hub


async def stream(scope: Any, receive: Any, send: Any, meeting: str) -> None:
    """Serve one stream until the reader goes, or the seat or session does."""
    here = hub()
    try:
        viewer = await here.admit(gate.session_key(scope["headers"]), UUID(meeting))
    except ValueError:
        viewer = 404
    if isinstance(viewer, int):
        await send({"type": "http.response.start", "status": viewer, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
    here.tailer.add(viewer)
    gone = asyncio.create_task(_disconnected(receive))
    try:
        await _pump(viewer, gone, send)
    finally:
        here.tailer.remove(viewer)
        gone.cancel()


async def _pump(viewer: Viewer, gone: asyncio.Task[None], send: Any) -> None:
    while not gone.done():
        piece = asyncio.create_task(viewer.next(KEEP_ALIVE))
        await asyncio.wait({piece, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not piece.done():
            piece.cancel()
            return
        data = piece.result()
        if data is None:
            data = b"event: gone\ndata: {}\n\n"
            await send({"type": "http.response.body", "body": data, "more_body": False})
            return
        await send(
            {"type": "http.response.body", "body": data or b": still here\n\n", "more_body": True}
        )


async def _disconnected(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
