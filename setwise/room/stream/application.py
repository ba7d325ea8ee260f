"""The stream as raw ASGI, beside Django."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from django.db import DatabaseError, close_old_connections
from django.http import Http404

from setwise.room.stream import gate, presence
from setwise.room.stream.tailer import Tailer
from setwise.room.stream.turns import Answer
from setwise.room.stream.viewer import Viewer

KEEP_ALIVE = 15.0  # seconds
GONE = b"event: gone\ndata: {}\n\n"
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
        self.open: set[asyncio.Task[None]] = set()  # each ends when its reader has gone
        self.ending = False
        self._presence = asyncio.get_running_loop().create_task(self._keep_presence())

    def end(self) -> None:
        """End every stream, and each that is opened from now on: this process stops."""
        self.ending = True
        for reader in self.open:
            reader.cancel()

    async def admit(self, key: str, meeting: UUID, *, screen: bool = False) -> Viewer | int:
        """A viewer, or the status to answer: 403 without a session, 404 without a seat, 503 while
        the database does not answer."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self._admit, loop, key, meeting, screen)

    def _admit(
        self, loop: asyncio.AbstractEventLoop, key: str, meeting: UUID, screen: bool
    ) -> Viewer | int:
        close_old_connections()  # as a request would: a lost one is not used again
        try:
            person = gate.admitted(key, meeting)
        except Http404:
            return 404
        except DatabaseError:
            return 503
        return Viewer(loop, meeting, key, person, screen=screen) if person else 403

    async def _keep_presence(self) -> None:
        loop = asyncio.get_running_loop()
        seen: set[tuple[UUID, UUID]] = set()
        since = 0.0
        while True:
            await asyncio.sleep(2)
            viewers = [viewer for viewer in self.tailer.viewers() if not viewer.screen]
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


async def stream(
    scope: Any, receive: Any, send: Any, meeting: str, *, screen: bool = False
) -> None:
    """Serve one stream, of the room or of its big screen, until reader, seat or session goes."""
    here = hub()
    try:
        key = gate.session_key(scope["headers"])
        viewer = await here.admit(key, UUID(meeting), screen=screen)
    except ValueError:
        viewer = 404
    if isinstance(viewer, int):
        await send({"type": "http.response.start", "status": viewer, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
    await _follow(here, viewer, receive, send)


async def _follow(here: Hub, viewer: Viewer, receive: Any, send: Any) -> None:
    """Send the viewer what there is, and end the answer, whoever it was that ended the stream."""
    here.tailer.add(viewer)
    reader = asyncio.create_task(_disconnected(receive))
    reader.add_done_callback(lambda _: viewer.leave())
    here.open.add(reader)
    if here.ending:
        reader.cancel()
    last = b""
    try:
        last = await _pump(viewer, send)
    except asyncio.CancelledError:
        pass  # the server waits no longer
    finally:
        here.open.discard(reader)
        here.tailer.remove(viewer)
        reader.cancel()
    await send({"type": "http.response.body", "body": last, "more_body": False})


async def _pump(viewer: Viewer, send: Any) -> bytes:
    """Send what there is until the stream is over; returns its last words."""
    quiet = Quiet(viewer)
    try:
        while (data := await viewer.next()) is not None:
            await send(
                {
                    "type": "http.response.body",
                    "body": data or still(time.time()),
                    "more_body": True,
                }
            )
            quiet.broken()
    finally:
        quiet.end()
    return GONE if viewer.gone else b""


def still(at: float) -> bytes:
    """The word that the stream is still there, and the time: a device that slept counted nothing.

    An event, since a comment would not reach the page's script.
    """
    return b"event: still\ndata: %d\n\n" % at


class Quiet:
    """Lets a stream say that it is still there, after it was quiet for `KEEP_ALIVE` seconds.

    One timer a stream that is seldom set again: a timer for every piece costs more than the piece.
    """

    def __init__(self, viewer: Viewer) -> None:
        self._viewer, self._loop = viewer, viewer.loop
        self._since = self._loop.time()
        self._timer = self._loop.call_later(KEEP_ALIVE, self._look)

    def broken(self) -> None:
        self._since = self._loop.time()

    def end(self) -> None:
        self._timer.cancel()

    def _look(self) -> None:
        left = self._since + KEEP_ALIVE - self._loop.time()
        if left <= 0:
            self._viewer.say_still()
            left = KEEP_ALIVE
        self._timer = self._loop.call_later(left, self._look)


async def _disconnected(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def in_turn(call: Callable[..., Answer], *given: Any) -> Answer:
    """What `call` returns, or raises, in its turn: for what changes a room, which is then shown."""
    return await hub().tailer.turns.take(call, *given)


def end_all() -> None:
    """End this process's streams without a word: each browser comes back by itself, to whoever serves.

    Call on the loop that serves them, before the server waits for its connections.
    """
    if _hub is not None:
        _hub.end()
