"""The ceiling: a server that only fans the same bytes out to a room's streams. No gate, no words."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

PAYLOADS = Path(os.environ["BENCH_PAYLOAD"]).read_bytes().split(b"\x00")
streams: dict[str, set[asyncio.Queue[bytes]]] = defaultdict(set)
posts: dict[str, int] = defaultdict(int)


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    room = scope["path"].split("/")[2]
    if scope["method"] == "POST":
        while (await receive()).get("more_body"):
            pass
        posts[room] += 1
        for each in streams[room]:
            each.put_nowait(PAYLOADS[posts[room] % len(PAYLOADS)])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    streams[room].add(queue)
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    piece = b"retry: 2000\n\n"
    while True:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        piece = await queue.get()
