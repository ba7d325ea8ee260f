"""Whether something is written in English, the one language the coach reads."""

from __future__ import annotations

import unicodedata

from setwise.coaching.cards import words
from setwise.coaching.wording import tokens

ENOUGH = 0.3  # of the words are small English ones; in real sentences it is about half
FOREIGN = 0.15  # of the words are small ones of another language: a mixture
SMALL = words("english")
ELSEWHERE = words("elsewhere")


def is_english(text: str) -> bool:
    """No letter from another script, and the small words are English ones. In doubt, False."""
    if any(letter.isalpha() and not _is_latin(letter) for letter in text):
        return False
    said = [token.word for token in tokens(text) if token.word[0].isalnum()]
    if not said:
        return False
    ours = sum(word in SMALL for word in said) / len(said)
    others = sum(word in ELSEWHERE for word in said) / len(said)
    return ours >= ENOUGH and others < FOREIGN


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN ")
