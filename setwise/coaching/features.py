"""What the linear model sees of an utterance: short runs of words and their frames, with places.

A frame keeps the small words and hides what the sentence is about, so that *would it help to … the
rota* and *would it help to … the vicar* look alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from setwise.coaching.cards import words
from setwise.coaching.wording import AUXILIARIES, QUESTION_WORDS, Sentence, Token, clauses

Span = tuple[int, int]
HIDDEN = "_"
JOINTS = frozenset({"and", "or", "but", ",", ":", ";", "-"})
_KEPT = words("kept")
LENGTHS = (4, 8, 14, 25)  # words at which an utterance counts as longer


def features(spoken: Sequence[Sentence]) -> dict[str, Span]:
    """Each feature that is there, with the place in the text where it is first."""
    found: dict[str, Span] = {}
    for number, sentence in enumerate(spoken):
        last = number == len(spoken) - 1
        _of_sentence(found, sentence, "last" if last else "before")
    _of_whole(found, spoken)
    return found


def _of_sentence(found: dict[str, Span], sentence: Sentence, where: str) -> None:
    body = sentence.body
    plain = [token.word for token in body]
    frame = [_framed(word) for word in plain]
    kind = "asks" if sentence.asks else "says"
    for length in (1, 2, 3, 4):
        if len(body) >= length:
            start, span = " ".join(plain[:length]), _span(body[:length])
            found.setdefault(f"start {start}", span)
            found.setdefault(f"start {kind} {start}", span)
    for length in (3, 4, 5):
        if len(body) >= length:
            found.setdefault("frame " + " ".join(frame[:length]), _span(body[:length]))
    for length, run in ((1, plain), (2, plain), (3, plain), (3, frame)):
        name = "near" if run is frame else "words"
        for at in range(len(body) - length + 1):
            found.setdefault(
                f"{name} " + " ".join(run[at : at + length]), _span(body[at : at + length])
            )
    mark = "?" if sentence.marked else ""
    for length in (1, 2):
        if len(body) >= length:
            found.setdefault(
                f"end {' '.join(plain[-length:])}{mark}", _span(body[len(body) - length :])
            )
    found.setdefault(f"place {kind} {where}", _span(body))
    if sentence.opens_as_question:
        found.setdefault(f"opens {where} {plain[0]}", _span(body[:1]))
        found.setdefault(f"opens {plain[0]} {mark}", _span(body[:1]))
    for clause in clauses(body):
        for length in (1, 2, 3):
            if len(clause) >= length:
                start = " ".join(token.word for token in clause[:length])
                found.setdefault(f"clause {start}", _span(clause[:length]))


def _of_whole(found: dict[str, Span], spoken: Sequence[Sentence]) -> None:
    if not spoken:
        return
    whole = (spoken[0].body[0].start, spoken[-1].body[-1].end)
    count = sum(len(sentence.body) for sentence in spoken)
    found[f"asking {min(sum(s.asks for s in spoken), 3)}"] = whole
    found[f"questions {min(sum(questions(s) for s in spoken), 4)}"] = whole
    found[f"marks {min(sum(s.marked for s in spoken), 3)}"] = whole
    found[f"sentences {min(len(spoken), 4)}"] = whole
    found[f"length {sum(count >= length for length in LENGTHS)}"] = whole


def questions(sentence: Sentence) -> int:
    """How many questions a sentence puts: one, and one more for each *and how*, *, what*, *or is*."""
    if not sentence.asks:
        return 0
    plain = [token.word for token in sentence.body]
    return 1 + sum(
        plain[at - 1] in JOINTS and plain[at] in QUESTION_WORDS | AUXILIARIES
        for at in range(2, len(plain) - 1)
    )


def _framed(word: str) -> str:
    return word if word in _KEPT or "'" in word or not word[0].isalnum() else HIDDEN


def _span(run: Sequence[Token]) -> Span:
    return run[0].start, run[-1].end
