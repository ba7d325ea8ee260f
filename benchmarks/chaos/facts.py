"""What the clients know: what they sent, what was answered, and what reached whom."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

MARK = re.compile(r"zq[0-9a-f]{16}")


def mark() -> str:
    """A word that is nowhere else: whoever receives it has received what was written."""
    return f"zq{secrets.token_hex(8)}"


@dataclass
class Write:
    """One act, however often it was sent. Times are seconds of one monotonic clock.

    `puts` are parts of which the last words stand, by name; `adds` and `takes` are rows, each as
    kind and mark. `done_at` is when it was first acknowledged; `lost` counts those `attempts` of which
    nobody knows what became, `refused` is the status of the last answer that was a no.
    """

    room: str
    person: str
    path: str
    deed: str
    sent_at: float
    puts: dict[str, str] = field(default_factory=dict)
    adds: list[tuple[str, str]] = field(default_factory=list)
    takes: list[tuple[str, str]] = field(default_factory=list)
    done_at: float | None = None
    attempts: int = 0
    lost: int = 0
    refused: int = 0

    @property
    def marks(self) -> set[str]:
        return {each for each in self.puts.values() if each} | {mark for _, mark in self.adds}


@dataclass(frozen=True)
class Sight:
    """A mark that reached somebody from whom it may be withheld, in what they asked for at `began`."""

    person: str
    mark: str
    where: str
    began: float


@dataclass
class Facts:
    """`outside` never may see a word; `gone` may not from that moment on; `wrong` are sentences."""

    writes: list[Write] = field(default_factory=list)
    sights: set[Sight] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    gone: dict[str, float] = field(default_factory=dict)
    moves: dict[str, int] = field(default_factory=dict)  # of each room before the first write
    versions: dict[tuple[str, str], int] = field(
        default_factory=dict
    )  # the newest shown, by room and reader
    wrong: list[str] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)  # marks that reached those they are for
    counts: Counter[str] = field(default_factory=Counter)


@dataclass
class Held:
    """What the database holds in the end, its words opened.

    `deeds` counts rows by person and number, `parts` are those of which the last words stand,
    `rows` counts the others by kind and mark. `moves` and `versions` are each room's.
    """

    deeds: dict[tuple[str, str], int] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    versions: dict[str, int] = field(default_factory=dict)
    moves: dict[str, int] = field(default_factory=dict)
    illegal: list[str] = field(default_factory=list)

    def dumped(self) -> dict[str, Any]:
        """As JSON can hold it: what is keyed by two becomes a list."""
        return asdict(self) | {
            "deeds": [[*key, count] for key, count in self.deeds.items()],
            "rows": [[*key, count] for key, count in self.rows.items()],
        }

    @classmethod
    def loaded(cls, data: dict[str, Any]) -> Held:
        """Read back what `dumped` gave."""
        deeds = {(person, number): count for person, number, count in data["deeds"]}
        rows = Counter({(kind, mark): count for kind, mark, count in data["rows"]})
        return cls(**data | {"deeds": deeds, "rows": rows})
