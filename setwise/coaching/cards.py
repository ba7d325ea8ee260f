"""The facilitator's playbook, and the files of texts beside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    """What may go wrong in a meeting: what one notices, might say aloud, and leaves alone."""

    key: str
    title: str
    notice: tuple[str, ...]
    say: tuple[str, ...]
    leave: str


@lru_cache
def playbook() -> tuple[Card, ...]:
    return tuple(
        Card(c["key"], c["title"], tuple(c["notice"]), tuple(c["say"]), c["leave"])
        for c in data("playbook")["cards"]
    )


def data(name: str) -> dict[str, Any]:
    """One of the files of texts, as it stands."""
    return tomllib.loads((files("setwise.coaching") / "data" / f"{name}.toml").read_text("utf-8"))


def words(name: str) -> frozenset[str]:
    """One of the coach's lists of small words."""
    return frozenset(data("words")[name].split())
