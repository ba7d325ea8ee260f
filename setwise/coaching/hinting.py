"""One quiet hint to whoever is writing a question, or none. Precision comes before recall.

A wrong nudge to a good question costs more than ten missed, so in doubt there is no hint. Nothing
here is kept, counted or shown to anybody else.
"""

from __future__ import annotations

from dataclasses import dataclass

from setwise.coaching import reading, wording
from setwise.coaching.doubting import is_doubtful
from setwise.coaching.english import is_english
from setwise.coaching.kinds import kinds
from setwise.coaching.reading import Reading

WORDS = 4  # fewer are not read
SURE = {  # certainty from which something is said
    "advice": 0.93,
    "closed": 0.85,
    "leading": 0.7,
    "multiple": 0.95,
}


@dataclass(frozen=True, slots=True)
class Hint:
    """What a good facilitator might murmur. `because` are the writer's own words it went by."""

    key: str
    says: str
    because: tuple[str, ...]
    turns: tuple[str, ...]  # ways to begin it otherwise, never a finished sentence


@dataclass(frozen=True, slots=True)
class Setting:
    """Where something is being written: what would be out of place elsewhere may be right here."""

    clarifying: bool = False  # a question of fact is what the stage asks for
    advice_permitted: bool = False


SAYS = {
    "advice": "This may land as advice. What question sits behind it?",
    "multiple": "More than one question here. Which matters most?",
    "leading": "This may lean on its answer. What would you ask if you did not know?",
    "closed": "This could be answered yes or no. That may be what you want.",
}
TURNS = {
    "advice": (("exploring", 1), ("choosing", 0)),
    "multiple": (("probing", 0),),
    "leading": (("fresh", 0), ("reflecting", 2)),
    "closed": (("exploring", 2), ("probing", 1)),
}


def hint(text: str, setting: Setting) -> Hint | None:
    """The one hint for this text, or None. Never raises."""
    return hint_for(text, reading.read(text), setting)


def hint_for(text: str, read: Reading, setting: Setting) -> Hint | None:
    """The same for a text that has been read."""
    read_part = text[: reading.LONGEST]
    tokens = wording.tokens(read_part)
    words = [token for token in tokens if token.word[0].isalnum()]
    if len(words) < WORDS or not is_english(read_part):
        return None
    key = _key(read, setting, words[0].word)
    if key == "advice" and is_doubtful(wording.sentences(tokens)):
        return None
    return None if key is None else _hint(key, read, read_part)


def _key(read: Reading, setting: Setting, first: str) -> str | None:
    if read.act == "advice":
        sure = read.certainty["advice"] >= SURE["advice"]
        return "advice" if sure and not setting.advice_permitted else None
    if read.act == "other":
        return None
    if read.flagged["multiple"] >= SURE["multiple"]:
        return "multiple"
    if read.flagged["leading"] >= SURE["leading"]:
        return "leading"
    yes_or_no = read.act == "closed" and first in wording.AUXILIARIES
    sure = read.certainty["closed"] >= SURE["closed"]
    return "closed" if yes_or_no and sure and not setting.clarifying else None


def _hint(key: str, read: Reading, text: str) -> Hint:
    spans = read.because.get(key) or read.because[read.act]
    return Hint(
        key=key,
        says=SAYS[key],
        because=tuple(text[start:end] for start, end in spans),
        turns=tuple(kinds()[kind].stems[number] for kind, number in TURNS[key]),
    )
