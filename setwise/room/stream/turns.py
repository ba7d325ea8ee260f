"""Presses in the rooms are answered in turns, by the thread that shows the rooms.

What comes on its own finds its code and data in no cache, and takes the processor up to twice as long
as what follows its like. So the first press after a quiet moment is answered at once, and shown. Those
that come soon after are answered one right after another, and then all that came of them is shown.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

REST = 0.05  # seconds from the end of one turn to the next: about the longest that a press waits
MOST = 10  # presses in one turn: the first of many is shown before the last is answered
Answer = TypeVar("Answer")
Asked = tuple["asyncio.Future[Any]", Callable[..., Any], tuple[Any, ...]]


class Turns:
    """Calls that wait for one thread; `wake` is set as one comes."""

    def __init__(self, wake: threading.Event) -> None:
        self._wake = wake
        self._waiting: deque[Asked] = deque()
        self._next = 0.0  # when the next turn may begin

    @property
    def waiting(self) -> bool:
        return bool(self._waiting)

    async def take(self, call: Callable[..., Answer], *given: Any) -> Answer:
        """What `call` returns, or raises, in the thread; in the order of asking.

        Whoever asks and goes away is told nothing: what they asked is done.
        """
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((future, call, given))
        self._wake.set()
        return await future

    def go(self) -> bool:
        """In the thread: carry out what waits, once it is time to. Whether anything did."""
        if not self._waiting:
            return False
        if len(self._waiting) < MOST:
            time.sleep(max(0.0, self._next - time.monotonic()))
        taken = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        told = [_outcome(*each) for each in taken]
        with contextlib.suppress(RuntimeError):  # the process ends, and nobody waits any more
            taken[0][0].get_loop().call_soon_threadsafe(_tell, told)  # one serves all of them
        return True

    def rest(self) -> None:
        """In the thread: what came of it is shown."""
        self._next = time.monotonic() + REST


def _outcome(
    future: asyncio.Future[Any], call: Callable[..., Any], given: tuple[Any, ...]
) -> Callable[[], None]:
    try:
        answer = call(*given)
    except Exception as error:  # noqa: BLE001 - it is raised where it was asked
        trouble = error
        return lambda: None if future.done() else future.set_exception(trouble)
    return lambda: None if future.done() else future.set_result(answer)


def _tell(outcomes: list[Callable[[], None]]) -> None:
    for tell in outcomes:
        tell()
