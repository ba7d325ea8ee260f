"""An utterance as words with their places in it. Nothing but the standard library."""

from __future__ import annotations

import re
from dataclasses import dataclass

from setwise.coaching.cards import words

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*|[?!.…,;:\-]")
_ENDS = "?!.…"
_PAUSES = ",;:-"
_LEADS = words("leads")
_SPELT = {word.replace("'", ""): word for word in words("shortened")} | {
    "u": "you",
    "ur": "your",
    "r": "are",
    "wat": "what",
    "wot": "what",
    "em": "them",
    "cos": "because",
    "coz": "because",
    "pls": "please",
    "plz": "please",
    "ppl": "people",
}
QUESTION_WORDS = words("questions")
AUXILIARIES = words("auxiliaries")
SUBJECTS = words("subjects")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case, or a mark, and where it stands in the text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence without those that only lead into it."""

    body: tuple[Token, ...]
    marked: bool  # it ends with a question mark

    @property
    def opens_as_question(self) -> bool:
        """It begins as a question does, whether or not a mark ends it; *don't go* does not."""
        first = self.body[0].word
        return (first in QUESTION_WORDS or first in AUXILIARIES) and not self._forbids

    @property
    def _forbids(self) -> bool:
        """As *don't tell her* and *do not sign* do, and *don't you know her* does not."""
        said = [token.word for token in self.body[:3]]
        after = said[2:] if said[:2] == ["do", "not"] else said[1:] if said[0] == "don't" else []
        return bool(after) and after[0] not in SUBJECTS

    @property
    def asks(self) -> bool:
        return self.marked or self.opens_as_question


def tokens(text: str) -> list[Token]:
    """The words and marks of a text, each with its place: `text[start:end]` is always inside."""
    plain = "".join(_small(letter) for letter in text.translate(_STRAIGHT))
    return [
        Token(_SPELT.get(match[0], match[0]), match.start(), match.end())
        for match in _TOKEN.finditer(plain)
    ]


def _small(letter: str) -> str:
    """In lower case, unless that would be longer: every place must stay where it is."""
    small = letter.lower()
    return small if len(small) == 1 else letter


def sentences(found: list[Token]) -> list[Sentence]:
    """What stands between two ends; empty ones are left out."""
    done: list[Sentence] = []
    current: list[Token] = []
    for token in found:
        if token.word in _ENDS:
            _end(done, current, marked=token.word == "?")
            current = []
        else:
            current.append(token)
    _end(done, current, marked=False)
    return done


def _end(done: list[Sentence], current: list[Token], *, marked: bool) -> None:
    body = without_lead(current)
    if body:
        done.append(Sentence(tuple(body), marked))
    elif marked and done:
        done[-1] = Sentence(done[-1].body, marked=True)  # as in "really?!"


def without_lead(words: list[Token]) -> list[Token]:
    """The words from the first that says something: *so, sorry, and just …* is left out."""
    at = 0
    while at < len(words) - 1 and (words[at].word in _LEADS or words[at].word in _PAUSES):
        at += 1
    return [] if at >= len(words) or words[at].word in _PAUSES else words[at:]


def clauses(body: tuple[Token, ...]) -> list[list[Token]]:
    """What follows a comma, a colon or a dash within a sentence."""
    return [
        clause
        for at, token in enumerate(body[:-1])
        if token.word in _PAUSES and (clause := without_lead(list(body[at + 1 :])))
    ]
