"""What kind of utterance something probably is, and which of its words say so.

A linear model over short runs of words, its weights in `data/weights.json`, fitted by
`benchmarks/coach/train.py`. It is often wrong: docs/coach.md says how often. Nothing is kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from setwise.coaching import wording
from setwise.coaching.features import Span, features

ACTS = ("open", "closed", "advice", "other")
FLAGS = ("leading", "multiple")
LONGEST = 2000  # characters that are read; what follows them changes nothing
OF_WHOLE = frozenset({"asking", "questions", "marks", "sentences", "length", "place"})
SHOWN = 3  # runs of words that are shown as the reason, at most


@dataclass(frozen=True, slots=True)
class Reading:
    """An opinion about an utterance. `act` is '' where there is nothing to read.

    `certainty` is between 0 and 1 for each act; they add up to 1. `flagged` is between 0 and 1 for
    each flag by itself. `because` holds the places of the
    words that spoke for each act and flag: `text[start:end]` is always inside the text.
    """

    act: str
    flags: frozenset[str]
    certainty: Mapping[str, float]
    flagged: Mapping[str, float]
    because: Mapping[str, tuple[Span, ...]]


NOTHING = Reading("", frozenset(), {}, {}, {})


def read(text: str) -> Reading:
    """Read one utterance. Never raises, whatever the text; time grows with its length alone."""
    return read_with(model(), text)


def read_with(weights: Mapping[str, Weights], text: str) -> Reading:
    spoken = wording.sentences(wording.tokens(text[:LONGEST]))
    if not spoken:
        return NOTHING
    found = features(spoken)
    certainty = _shares({act: weights[act].score(found) for act in ACTS})
    act = max(ACTS, key=lambda each: certainty[each])
    scores = {name: weights[name].score(found) for name in FLAGS}
    flags = {name for name in FLAGS if scores[name] > weights[name].cut}
    flagged = {name: _share(score) for name, score in scores.items()}
    because = {name: weights[name].because(found) for name in (act, *sorted(flags))}
    if act == "advice" and any(sentence.asks for sentence in spoken):
        flags.add("disguised")
        because["disguised"] = because[act]
    return Reading(act, frozenset(flags), certainty, flagged, because)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature says for one act or flag. A flag holds where the sum passes `cut`."""

    start: float
    of: Mapping[str, float]
    cut: float

    def score(self, found: Iterable[str]) -> float:
        return self.start + sum(self.of.get(name, 0.0) for name in found)

    def because(self, found: Mapping[str, Span]) -> tuple[Span, ...]:
        """The few runs of words that spoke for it most, in order, those that touch put together.

        A word by itself tells its writer little: it is given only where no longer run spoke.
        """
        spoke = [
            (weight, span, _is_long(name))
            for name, span in found.items()
            if _is_run(name) and (weight := self.of.get(name, 0.0)) > 0
        ]
        runs = [run for run in spoke if run[2]] or spoke
        strongest = [(weight, span) for weight, span, _ in sorted(runs, reverse=True)[: SHOWN * 2]]
        return _joined(span for _, span in strongest)[:SHOWN]


def _is_run(name: str) -> bool:
    return name.split(" ", 1)[0] not in OF_WHOLE


def _is_long(name: str) -> bool:
    """Whether a feature is a run of two words or more."""
    return name.count(" ") > 1 + name.startswith(("start asks", "start says", "opens"))


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    top = max(scores.values())
    parts = {name: math.exp(score - top) for name, score in scores.items()}
    whole = sum(parts.values())
    return {name: part / whole for name, part in parts.items()}


def _share(score: float) -> float:
    return 0.5 * (1 + math.tanh(score / 2))  # the logistic function, which overflows nowhere


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


@lru_cache(maxsize=1)
def model() -> dict[str, Weights]:
    """The weights for each act and flag, read once a process."""
    file = files("setwise.coaching") / "data" / "weights.json"
    return from_data(json.loads(file.read_text("utf-8")))


def from_data(data: Mapping[str, Any]) -> dict[str, Weights]:
    return {
        name: Weights(
            start=each["start"],
            of={
                feature: weight
                for feature, weight in zip(data["features"], each["weights"], strict=True)
                if weight
            },
            cut=each.get("cut", 0.0),
        )
        for name, each in data["for"].items()
    }
