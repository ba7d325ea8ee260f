"""The eight kinds of question a set learns to ask, each with stems to begin one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from setwise.coaching import cards


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: what it is for, how it may begin, when it serves."""

    key: str
    title: str
    purpose: str
    stems: tuple[str, ...]


@lru_cache
def kinds() -> dict[str, Kind]:
    """The kinds by key, in the order in which they are taught."""
    return {
        each["key"]: Kind(each["key"], each["title"], each["purpose"], tuple(each["stems"]))
        for each in cards.data("kinds")["kinds"]
    }
