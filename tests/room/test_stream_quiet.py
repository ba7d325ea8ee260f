"""A stream in which nothing happens says that it is still there, and what time it is."""

from __future__ import annotations

import asyncio
import re
import time
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest

from setwise.room.stream import application
from setwise.room.stream.viewer import Viewer


def test_a_quiet_stream_says_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "KEEP_ALIVE", 0.01)
    sent = list[bytes]()

    async def watch() -> None:
        person = cast(Any, SimpleNamespace(id=uuid4(), language="en-gb", tzinfo=None))
        viewer = Viewer(asyncio.get_running_loop(), uuid4(), "", person)

        async def send(message: dict[str, Any]) -> None:
            sent.append(message["body"])
            if len(sent) == 2:
                viewer.leave()

        await application._pump(viewer, send)

    asyncio.run(watch())
    said = [re.fullmatch(rb"event: still\ndata: (\d+)\n\n", each) for each in sent]
    assert [abs(int(each[1]) - time.time()) < 5 for each in said if each] == [True, True]
