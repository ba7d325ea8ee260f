"""Pages: a whole request is answered by WSGI Django in one of a few threads, and sent in one piece.

Bridging each part of a request and of its answer between the loop and the thread, as bridges for
streaming bodies do, costs more than the answer itself in a small POST of a room.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from urllib.parse import quote_from_bytes

from a2wsgi.wsgi import build_environ
from django.core.handlers.wsgi import WSGIHandler

from setwise.project import buffering
from setwise.room.stream.application import in_turn

# one interpreter lock, and on SQLite one writer: more threads mostly wait for each other
THREADS = 2
ROOMS = "/rooms/"  # presses there are answered in turns
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]


class Pages:
    """An ASGI application that serves `handler`."""

    def __init__(self, handler: WSGIHandler) -> None:
        self._handler = handler
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="pages")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await buffering.whole(receive)
        except buffering.Gone:
            return
        if isinstance(body, int):
            await buffering.refuse(send, body)
            return
        if scope["method"] == "POST" and scope["path"].startswith(ROOMS):
            status, headers, content = await in_turn(self._answer, scope, body)
        else:
            loop = asyncio.get_running_loop()
            status, headers, content = await loop.run_in_executor(
                self._threads, self._answer, scope, body
            )
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _answer(self, scope: Any, body: bytes) -> Answer:
        started: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
            started["status"] = int(status.split(" ", 1)[0])
            started["headers"] = [(n.lower().encode(), v.encode("latin-1")) for n, v in headers]

        query = scope["query_string"]
        if not query.isascii():  # a browser would have quoted it
            scope = {**scope, "query_string": quote_from_bytes(query, "%=&+;/?:@!$'()*,~").encode()}
        environ: Any = build_environ(scope, BytesIO(body))  # type: ignore[arg-type]
        parts = self._handler(environ, start)  # type: ignore[arg-type]
        try:
            return started["status"], started["headers"], b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()  # which ends the request: its connection may be given back
