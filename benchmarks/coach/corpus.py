"""Labelled utterances: ours, and any file of the same shape."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

OURS = Path(__file__).with_name("utterances.tsv")


@dataclass(frozen=True, slots=True)
class Utterance:
    text: str
    act: str
    flags: frozenset[str]
    meeting: str = ""


def load(path: Path = OURS) -> list[Utterance]:
    """Read a file with the columns act, flags and text, tab-separated, no quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Utterance(
            text=row["text"],
            act=row["act"],
            flags=frozenset(filter(None, row["flags"].split(","))),
            meeting=row.get("meeting") or "",
        )
        for row in rows
    ]
