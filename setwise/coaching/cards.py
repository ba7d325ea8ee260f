"""The facilitator's playbook and the short guides for members: texts, kept as data."""

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


@dataclass(frozen=True, slots=True)
class Part:
    heading: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A short text for a member."""

    key: str
    title: str
    lede: str
    parts: tuple[Part, ...]


@lru_cache
def playbook() -> tuple[Card, ...]:
    return tuple(
        Card(c["key"], c["title"], tuple(c["notice"]), tuple(c["say"]), c["leave"])
        for c in data("playbook")["cards"]
    )


@lru_cache
def guides() -> dict[str, Guide]:
    """The guides by key, in the order in which they are offered."""
    return {
        g["key"]: Guide(
            g["key"],
            g["title"],
            g["lede"],
            tuple(Part(p["heading"], tuple(p["points"])) for p in g["parts"]),
        )
        for g in data("guides")["guides"]
    }


def data(name: str) -> dict[str, Any]:
    """One of the files of texts, as it stands."""
    return tomllib.loads((files("setwise.coaching") / "data" / f"{name}.toml").read_text("utf-8"))


def words(name: str) -> frozenset[str]:
    """One of the coach's lists of small words."""
    return frozenset(data("words")[name].split())
