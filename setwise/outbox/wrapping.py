"""The text part of a letter, in lines that every mail program shows whole."""

from __future__ import annotations

import re
import textwrap

WIDTH = 72  # characters, so that a quoted line still fits into 80
INDENT = re.compile(r"\s*(?:\* )?")


def wrapped(text: str) -> str:
    """Fold long lines at spaces; what follows a bullet stays under its words, a link stays whole.

    Of several empty lines, which a template leaves where it says nothing, one is kept.
    """
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_folded(line) for line in text.split("\n")))


def _folded(line: str) -> str:
    if len(line) <= WIDTH or " " not in line.strip():
        return line
    start = INDENT.match(line)
    under = " " * len(start[0]) if start else ""
    return textwrap.fill(
        line,
        WIDTH,
        subsequent_indent=under,
        break_long_words=False,
        break_on_hyphens=False,
    )
