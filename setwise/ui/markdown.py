"""Writing Markdown in which a person's words stay what they are: text."""

from __future__ import annotations

import re

LINE_ENDS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
SIGNS = re.compile(r"[\\`*_{}\[\]<>&#|~$@^]")
AT_THE_START = re.compile(r"^([-+=:%]|\d+(?=[.)]))")
LINKS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)


def text(words: str) -> str:
    """`words` in one line, with every sign of Markdown or HTML in it made plain text."""
    return _line(" ".join(lines(words)))


def block(words: str, *, indent: str = "") -> str:
    """Paragraphs, with their line ends kept; `indent` goes before every line but the first."""
    paragraphs = [
        f"\\\n{indent}".join(map(_line, paragraph)) for paragraph in _paragraphs(lines(words))
    ]
    return f"\n\n{indent}".join(paragraphs)


def item(words: str, *, after: str = "") -> str:
    """One entry of a list; `after` is Markdown that follows the words."""
    return f"- {block(words, indent='  ')}{after}"


def lines(words: str) -> list[str]:
    """The lines of a text without blank ends and without characters that are none."""
    cleaned = (NO_TEXT.sub("", line).replace("\t", " ") for line in LINE_ENDS.split(words))
    return [line.strip() for line in cleaned]


def _paragraphs(given: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in given:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _line(words: str) -> str:
    words = LINKS.sub(r"\\\g<0>", SIGNS.sub(r"\\\g<0>", words))
    start = AT_THE_START.match(words)
    if start is None:
        return words
    sign = start[0]
    return f"{sign}\\{words[len(sign) :]}" if sign[0].isdigit() else f"\\{words}"
