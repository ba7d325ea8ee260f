"""Fits the coach's weights: `python -m benchmarks.coach.train FILE …`, with scikit-learn installed.

Nothing else needs it: `requirements/train.txt` pins it for an environment of its own.
The utterances beside this file, and those of each FILE, go into the fit. With `--folds` nothing is
written: each meeting of the FILEs is read by a model that has not seen it, and the scores printed.
"""

from __future__ import annotations

import argparse
import json
import textwrap
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-not-found,unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found,unused-ignore]

from benchmarks.coach import corpus, scoring
from benchmarks.coach.corpus import Utterance
from setwise.coaching import english, reading, wording
from setwise.coaching.features import features

DATA = Path(reading.__file__).with_name("data")
SEEN = 2  # utterances a feature or a word must be in to count
FIRMNESS = 8.0  # scikit-learn's C: how far the fit may trust what it has seen
SMALLEST = 0.15  # weights below it are dropped
CUTS = {"leading": 0.5, "multiple": 0.2}  # certainty at which a flag is raised


def fit(utterances: Sequence[Utterance]) -> dict[str, Any]:
    """The weights as `data/weights.json` holds them."""
    found = [features(wording.sentences(wording.tokens(each.text))) for each in utterances]
    often = Counter(name for each in found for name in each)
    vectorizer = DictVectorizer()
    seen = vectorizer.fit_transform(
        [{name: 1 for name in each if often[name] >= SEEN} for each in found]
    )
    acts = LogisticRegression(C=FIRMNESS, max_iter=2000)
    acts.fit(seen, [each.act for each in utterances])
    columns = {
        act: (float(acts.intercept_[at]), acts.coef_[at]) for at, act in enumerate(acts.classes_)
    }
    for flag in reading.FLAGS:
        one = LogisticRegression(C=FIRMNESS, max_iter=2000)
        one.fit(seen, [flag in each.flags for each in utterances])
        columns[flag] = (float(one.intercept_[0]), one.coef_[0])
    return _packed(list(vectorizer.feature_names_), columns)


def vocabulary(utterances: Sequence[Utterance]) -> list[str]:
    """The words that `english` knows: those of our utterances alone, and its lists of small ones."""
    spoken = [{token.word for token in wording.tokens(each.text)} for each in utterances]
    often = Counter(word for each in spoken for word in each if word[0].isalpha())
    seen = {word for word, times in often.items() if times >= SEEN}
    return sorted(seen | english.SMALL | wording.QUESTION_WORDS | wording.AUXILIARIES)


def _packed(names: list[str], columns: dict[str, tuple[float, Any]]) -> dict[str, Any]:
    kept = [
        at
        for at in range(len(names))
        if any(abs(weights[at]) >= SMALLEST for _, weights in columns.values())
    ]
    packed = {
        name: {
            "start": round(start, 2),
            "weights": [
                round(float(weights[at]), 2) if abs(weights[at]) >= SMALLEST else 0 for at in kept
            ],
        }
        | ({"cut": round(scoring.logit(CUTS[name]), 2)} if name in CUTS else {})
        for name, (start, weights) in columns.items()
    }
    return {"features": [names[at] for at in kept], "for": packed}


def folds(given: Sequence[Utterance]) -> None:
    """Print the scores where each meeting is read by a model that has not seen it."""
    ours, read = corpus.load(), []
    for meeting in sorted({each.meeting for each in given}):
        others = [each for each in given if each.meeting != meeting]
        weights = reading.from_data(fit([*ours, *others]))
        mine = [each for each in given if each.meeting == meeting]
        read += [(each, reading.read_with(weights, each.text)) for each in mine]
    print(json.dumps(scoring.scores(read), indent=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--folds", action="store_true")
    options = parser.parse_args()
    given = [each for file in options.files for each in corpus.load(file)]
    if options.folds:
        folds(given)
        return
    packed = json.dumps(fit([*corpus.load(), *given]), ensure_ascii=False, separators=(",", ":"))
    (DATA / "weights.json").write_text(packed + "\n", encoding="utf-8")
    known = textwrap.fill(" ".join(vocabulary(corpus.load())), 100, break_on_hyphens=False)
    (DATA / "vocabulary.txt").write_text(known + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
