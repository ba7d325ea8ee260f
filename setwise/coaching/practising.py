"""The practice room: eight situations, and what the coach makes of a question tried there.

Pure: nothing that is tried is kept here, or anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from setwise.coaching import cards, hinting, reading
from setwise.coaching.english import is_english
from setwise.coaching.hinting import Setting

LONGEST = 500  # characters of one question
SMALL = 3  # characters of a word that alone tells nobody anything
SURE = 0.6  # certainty from which a reading is told

READINGS = {
    "open": "This reads as an open question. It leaves the answer to them.",
    "closed": "This reads as a question for a yes, a no or a fact.",
    "other": "This reads as something other than a question: a feeling, a story, saying back.",
}
SILENT = "The coach has no opinion on this one. In doubt it is silent, and it reads English only."


@dataclass(frozen=True, slots=True)
class Situation:
    """Somebody says something; a thought comes to mind; what might one ask?"""

    number: int
    title: str
    who: str
    says: str
    thought: str
    look: str
    questions: tuple[str, ...]
    clarifying: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """What the coach would say: an opinion, the words it went by, ways to begin it otherwise."""

    key: str  # of the hint, else the act; '' for none
    says: str
    because: tuple[str, ...]
    turns: tuple[str, ...]


@lru_cache(maxsize=1)
def situations() -> tuple[Situation, ...]:
    return tuple(
        Situation(
            number=number,
            title=each["title"],
            who=each["who"],
            says=each["says"],
            thought=each["thought"],
            look=each["look"],
            questions=tuple(each["questions"]),
            clarifying=each.get("clarifying", False),
        )
        for number, each in enumerate(cards.data("practice")["situations"], start=1)
    )


def remark(text: str, situation: Situation) -> Remark:
    """The coach's reading of what was tried. Never raises, whatever the text."""
    read = reading.read(text)
    hint = hinting.hint_for(text, read, Setting(clarifying=situation.clarifying))
    if hint:
        return Remark(hint.key, hint.says, _telling(hint.because), hint.turns)
    sure = read.act and is_english(text) and read.certainty[read.act] >= SURE
    if not sure or read.act == "advice":  # advice is told by a hint, or not at all
        return Remark("", SILENT, (), ())
    because = tuple(text[start:end] for start, end in read.because[read.act])
    return Remark(read.act, READINGS[read.act], _telling(because), ())


def _telling(because: tuple[str, ...]) -> tuple[str, ...]:
    """Without words such as *it*, where there are longer ones."""
    return tuple(each for each in because if len(each) > SMALL) or because
