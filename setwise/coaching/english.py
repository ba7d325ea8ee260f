"""Whether something is written in English, the one language the coach reads."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files

from setwise.coaching.cards import words
from setwise.coaching.wording import Sentence, sentences, tokens

ENOUGH = 0.3  # of the words are small English ones; in real sentences it is about half
FOREIGN = 0.15  # of the words are small ones of another language: a mixture
KNOWN = 0.5  # of the words of each sentence are known; of English ones it is nearly all
IN_A_ROW = 3  # words that are not known: somebody has gone over into another language
SMALL = words("english")
ELSEWHERE = words("elsewhere")


def is_english(text: str) -> bool:
    """No letter from another script, and every sentence of it is English. In doubt, False."""
    if any(letter.isalpha() and not _is_latin(letter) for letter in text):
        return False
    found = tokens(text)
    said = [token.word for token in found if token.word[0].isalnum()]
    if not said:
        return False
    ours = sum(word in SMALL for word in said) / len(said)
    others = sum(word in ELSEWHERE for word in said) / len(said)
    enough = ours >= ENOUGH and others < FOREIGN
    return enough and not any(_is_strange(sentence) for sentence in sentences(found))


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """English words that people say of their work, as `benchmarks/coach/train.py` lists them."""
    file = files("setwise.coaching") / "data" / "vocabulary.txt"
    return frozenset(file.read_text("utf-8").split())


def _is_strange(sentence: Sentence) -> bool:
    """Few of its words are known, or none of a few in a row: one foreign sentence is enough."""
    known = [_is_known(token.word) for token in sentence.body if token.word[0].isalnum()]
    rows = zip(*(known[at:] for at in range(IN_A_ROW)), strict=False)
    few = len(known) >= IN_A_ROW and sum(known) / len(known) < KNOWN
    return few or any(not any(row) for row in rows)


def _is_known(word: str) -> bool:
    plain = word.partition("'")[0]
    known = vocabulary()
    return word in known or plain in known or plain.removesuffix("s") in known or word.isdigit()


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN ")
