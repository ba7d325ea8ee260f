"""A body is whole before a thread takes it."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from setwise.project import buffering
from tests.serving import Server


def receiver(*messages: dict[str, Any]) -> Any:
    waiting = list(messages)

    async def receive() -> dict[str, Any]:
        return waiting.pop(0) if waiting else await asyncio.sleep(3600, {})

    return receive


def part(body: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


@pytest.mark.pure
def test_a_body_in_parts_is_read_whole() -> None:
    receive = receiver(part(b"ab", more=True), part(b"c", more=False))
    assert asyncio.run(buffering.whole(receive)) == b"abc"


@pytest.mark.pure
def test_too_much_and_too_slow_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    large = receiver(*[part(b"x" * 600_000, more=True)] * 2)
    assert asyncio.run(buffering.whole(large)) == 413
    monkeypatch.setattr(buffering, "PATIENCE", 0.05)
    assert asyncio.run(buffering.whole(receiver(part(b"x", more=True)))) == 408
    with pytest.raises(buffering.Gone):
        asyncio.run(buffering.whole(receiver({"type": "http.disconnect"})))


@pytest.mark.server
def test_stalled_uploads_hold_up_nobody(served: Server) -> None:
    head = (
        b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nemail=a"
    )
    stalled = []
    for _ in range(8):  # more than the threads there are
        each = socket.create_connection(("localhost", served.port))
        each.sendall(head)
        stalled.append(each)
    try:
        paths = ("/healthz/", "/accounts/login/", "/static/ui/base.css", "/nowhere/")
        assert [served.status(path) for path in paths] == [200, 200, 200, 404]
    finally:
        for each in stalled:
            each.close()


@pytest.mark.server
def test_an_odd_address_is_no_error_of_ours(served: Server) -> None:
    with socket.create_connection(("localhost", served.port)) as odd:
        odd.sendall(b"GET /accounts/login/?next=\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert odd.recv(1000).split(b" ")[1] in (b"200", b"400")
    assert "Traceback" not in served.output
