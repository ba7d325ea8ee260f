"""The highest number of rooms of six that are served in time, by short runs that close in on it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import room
from benchmarks.serving import NoResult

UNDER = 250.0  # milliseconds at the 99th percentile
FINE = 0.05  # the answer's grain, as a share of it
MOST = 1600  # rooms: more are not tried


def find(*, begin: int, seconds: int) -> room.Figures:
    """The figures of the highest number of rooms that held, and that number as `highest`.

    A number is given up after two runs: one alone may have met a busy moment of the machine. Raises
    NoResult where not even one room is served in time.
    """
    held: dict[int, room.Figures] = {}
    with room.folder() as data:

        def once(rooms: int) -> bool:
            try:
                figures = room.of_setwise(data, data.plan(rooms=rooms, seconds=seconds))
            except NoResult as why:
                print(f"{rooms} rooms: {why}", file=sys.stderr)
                return False
            print(f"{rooms} rooms: p99 {figures['p99_ms']} ms", file=sys.stderr)
            held[rooms] = figures
            return bool(figures["p99_ms"] < UNDER)

        found = search(lambda rooms: once(rooms) or once(rooms), begin=begin)
        if not found:
            raise NoResult(f"Not one room was served with p99 under {UNDER:.0f} ms.")
        plan = data.plan(rooms=found, seconds=seconds)
        return room.beside_bare(data, plan, held[found]) | {"highest": found}


def search(holds: Callable[[int], bool], *, begin: int) -> int:
    """The highest number that `holds`, within a twentieth; 0 where not even 1 does."""
    low, high = 0, 0  # the highest that held, the lowest that did not
    tried = max(1, min(begin, MOST))
    while not high and low < MOST:
        if holds(tried):
            low, tried = tried, min(2 * tried, MOST)
        else:
            high = tried
    while high - low > max(1, low * FINE):
        tried = (low + high) // 2
        if holds(tried):
            low = tried
        else:
            high = tried
    return low
