"""One uvicorn process: pages as WSGI Django in threads, the rooms' streams as raw ASGI beside it.

Django's own ASGI handler costs three times as much a delivery, since every middleware hook hops a
thread; architecture.md has the figures.
"""

from __future__ import annotations

import gc
import re
import sys
from typing import Any

from a2wsgi.asgi_typing import Receive, Scope, Send
from django.conf import settings

from setwise.project.wsgi import application as pages  # isort: skip  (sets Django up)
from setwise.project.pages import Pages
from setwise.project.worker import Worker
from setwise.room.stream.application import stream

STREAM = re.compile(r"^/rooms/([0-9a-f-]{36})/(screen/)?stream/$")
SWITCH = 0.001  # seconds after which a thread that waits for the interpreter gets it
_pages = Pages(pages)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        match = STREAM.match(scope["path"])
        if match and scope["method"] == "GET":
            await stream(scope, receive, send, match[1], screen=bool(match[2]))
        else:
            await _pages(scope, receive, send)


def _share() -> None:
    """Let presses, streams and the rooms' own thread wait less for each other.

    Every statement gives the interpreter up; to get it back from a thread that composes a room took
    Python's own five milliseconds each time. What was loaded at the start is never looked through for
    garbage again, which would stop them all.
    """
    sys.setswitchinterval(SWITCH)
    gc.collect()
    gc.freeze()


async def _lifespan(receive: Any, send: Any) -> None:
    worker = Worker() if settings.SETWISE_WORKER else None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _share()
            if worker:
                worker.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            if worker:
                worker.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
