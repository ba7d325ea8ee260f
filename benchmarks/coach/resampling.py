"""The 95 % interval of a figure that is no share: by drawing the utterances anew, many times over."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

DRAWS = 500
Pair = tuple[frozenset[str], frozenset[str]]  # as labelled, as read


def f1_intervals(pairs: Sequence[Pair], acts: Sequence[str]) -> dict[str, list[float]]:
    """Of each name's F1, and of "macro", the mean over `acts`. The same pairs give the same answer."""
    names = sorted(frozenset[str]().union(*(are | said for are, said in pairs)) | set(acts))
    chance, drawn = random.Random(1), list[dict[str, float]]()
    for _ in range(DRAWS):
        f1 = _f1(chance.choices(pairs, k=len(pairs)), names)
        drawn.append(f1 | {"macro": sum(f1[act] for act in acts) / len(acts)})
    return {name: _middle(sorted(f1[name] for f1 in drawn)) for name in (*names, "macro")}


def _f1(pairs: Sequence[Pair], names: Sequence[str]) -> dict[str, float]:
    both, all_ = Counter[str](), Counter[str]()
    for are, said in pairs:
        both.update(are & said)
        all_.update(are)
        all_.update(said)
    return {name: 2 * both[name] / all_[name] if all_[name] else 0.0 for name in names}


def _middle(ordered: list[float]) -> list[float]:
    cut = len(ordered) * 25 // 1000
    return [round(ordered[cut], 3), round(ordered[-1 - cut], 3)]
