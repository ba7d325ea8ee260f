"""A request's body is read whole before a thread takes it: a slow sender holds no thread.

Pages are served by few threads. A telephone that loses its signal in mid-request, or somebody who
sends a byte a minute, would otherwise keep one each until they are gone.
"""

from __future__ import annotations

import asyncio
from typing import Any

MOST = 1_000_000  # bytes; a request is only ever words
PATIENCE = 30.0  # seconds for the whole body
TOO_LARGE, TOO_SLOW = 413, 408
SAID = {
    TOO_LARGE: b"That is more than a page takes. Send it in parts.",
    TOO_SLOW: b"The page did not arrive whole. Please try again.",
}


class Gone(Exception):
    """The sender went away before the body was whole."""


async def whole(receive: Any) -> bytes | int:
    """The body, or the status to answer instead. Raises Gone."""
    parts: list[bytes] = []
    try:
        async with asyncio.timeout(PATIENCE):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                parts.append(message.get("body", b""))
                if sum(map(len, parts)) > MOST:
                    return TOO_LARGE
                more = message.get("more_body", False)
    except TimeoutError:
        return TOO_SLOW
    return b"".join(parts)


async def refuse(send: Any, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": SAID[status]})
