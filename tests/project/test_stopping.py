"""Ctrl-C and TERM while people look at their room: it ends at once, and says nothing."""

from __future__ import annotations

import re
import signal
import socket
import time

import pytest

from tests.room.visiting import Visitor
from tests.serving import Server

pytestmark = pytest.mark.server


def half_a_request(server: Server) -> socket.socket:
    slow = socket.create_connection(("127.0.0.1", server.port))
    slow.sendall(
        b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nab"
    )
    return slow


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_viewers_are_let_go_without_a_word(served_alone: Server, how: signal.Signals) -> None:
    server = served_alone
    people = [Visitor.signed_in(server, key) for key in list(server.links)[-2:]]
    found = re.search(r"/meetings/([0-9a-f-]{36})/", people[-1].get("/").read().decode())
    assert found
    assert people[-1].post(f"/rooms/{found[1]}/opening/").status in (204, 302)
    streams = [visitor.watch(found[1]) for visitor in people for _ in range(2)]
    for stream in streams:
        kind, message = stream.next() or ("", {})
        assert (stream.status, kind, "clock" in message["regions"]) == (200, "region", True)
    slow, said, started = half_a_request(server), server.output, time.monotonic()
    assert server.stop(how) == 0
    assert time.monotonic() - started < 2.5
    assert server.output == said
    for stream in streams:
        while message_ := stream.next():
            assert message_[0] == "region"  # never "gone": each comes back to whoever serves next
    slow.close()
