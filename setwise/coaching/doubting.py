"""What speaks against calling something advice, however much it looks like it."""

from __future__ import annotations

from collections.abc import Sequence

from setwise.coaching.cards import words
from setwise.coaching.wording import Sentence

WHY_NOT = frozenset({"don't", "didn't", "can't", "couldn't", "won't", "wouldn't", "haven't"})
JUDGING = frozenset({"aren't", "weren't"})
INNER = words("inner")  # verbs of what goes on in somebody: asked about, never recommended
DISCLAIMED = (
    ("genuine", "question"),
    ("genuinely", "asking"),
    ("only", "asking"),
    ("just", "asking"),
    ("not", "a", "suggestion"),
    ("not", "as", "a", "suggestion"),
    ("not", "a", "criticism"),
    ("not", "judging"),
)


def is_doubtful(spoken: Sequence[Sentence]) -> bool:
    """It asks about what somebody feels, judges what they are, or says that it is no suggestion."""
    said = [[token.word for token in sentence.body] for sentence in spoken]
    return any(_asks_about_inside(run) or _judges(run) or _disclaims(run) for run in said)


def _asks_about_inside(run: Sequence[str]) -> bool:
    """As in *why don't you want to*; *why don't you ask her* is advice."""
    return (
        len(run) > 3
        and run[0] == "why"
        and run[1] in WHY_NOT
        and run[2] == "you"
        and run[3] in INNER
    )


def _judges(run: Sequence[str]) -> bool:
    return any(run[at] in JUDGING and run[at + 1] == "you" for at in range(len(run) - 1))


def _disclaims(run: Sequence[str]) -> bool:
    return any(
        tuple(run[at : at + len(phrase)]) == phrase
        for phrase in DISCLAIMED
        for at in range(len(run))
    )
