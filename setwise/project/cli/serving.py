"""Serving, and ending: nobody who looks at a room is cut off with an error."""

from __future__ import annotations

import logging
import signal
import socket
from types import FrameType

import uvicorn

from setwise.room.stream.application import end_all


class Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams first: they never end by themselves, and uvicorn would wait, then cut each.

        A page that is cut short is what was asked for, and no error to print: a browser sends it
        again, and a deed that was done is done once.
        """
        end_all()
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def serve(host: str, port: int) -> int:
    """Serve until Ctrl-C or TERM, which end it alike; the exit status."""
    server = Server(
        uvicorn.Config(
            "setwise.project.asgi:application",
            host=host,
            port=port,
            lifespan="on",
            log_level="warning",
            access_log=False,  # a path may hold a link's token
            server_header=False,
            timeout_graceful_shutdown=1,
            proxy_headers=False,
        )
    )
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    return 0


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
