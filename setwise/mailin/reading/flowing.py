"""Text in the form `format=flowed` (RFC 3676): lines that a program broke are put together."""

from __future__ import annotations

import re

QUOTED = re.compile(r">*")
SIGNATURE = "-- "


def joined(text: str, *, delsp: bool) -> str:
    """The paragraphs again. A quotation keeps its marks; `delsp` takes the joining space out."""
    made: list[tuple[int, str]] = []
    open_at: int | None = None  # how deep the line is quoted that goes on
    for line in text.split("\n"):
        depth = len(marks[0]) if (marks := QUOTED.match(line)) else 0
        rest = line[depth:]
        rest = rest[1:] if rest.startswith(" ") else rest
        flows = rest.endswith(" ") and rest != SIGNATURE
        rest = rest[:-1] if flows and delsp else rest
        if open_at == depth and rest != SIGNATURE:
            made[-1] = (depth, made[-1][1] + rest)
        else:
            made.append((depth, rest))
        open_at = depth if flows else None
    return "\n".join(f"{'>' * depth} {line}" if depth else line for depth, line in made)
