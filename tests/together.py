"""Several steps at the same moment, each in a thread and a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection


def together(*steps: Callable[[], object]) -> list[str]:
    """What became of each step: `done`, or the name of what it raised; in no order."""
    start, outcomes = threading.Barrier(len(steps), timeout=20), list[str]()

    def take(step: Callable[[], object]) -> None:
        try:
            start.wait()
            step()
            outcomes.append("done")
        except Exception as error:  # noqa: BLE001 the test compares its name
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@contextmanager
def holding(barrier: threading.Barrier, *, before: str) -> Iterator[None]:
    """Let a statement of this thread that begins so wait for the others, a moment at most."""

    def wait(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(before):
            with suppress(threading.BrokenBarrierError):  # a lock keeps the others away
                barrier.wait(timeout=0.3)
        return execute(sql, *rest)

    with connection.execute_wrapper(wait):
        yield
