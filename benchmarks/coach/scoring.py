"""How well the coach reads labelled utterances, each figure with its 95 % interval.

Wilson's for a share, by drawing anew for what is none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from benchmarks.coach import resampling
from benchmarks.coach.corpus import Utterance
from setwise.coaching import hinting
from setwise.coaching.reading import ACTS, Reading

FLAGS = ("disguised", "leading", "multiple")
Z = 1.959964  # of a normal distribution, 95 % within


def logit(share: float) -> float:
    return math.log(share / (1 - share))


def interval(hits: int, of: int) -> list[float]:
    """Wilson's score interval (1927); [0, 1] where nothing was counted."""
    if not of:
        return [0.0, 1.0]
    share, square = hits / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return [round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3)]


def scores(read: Sequence[tuple[Utterance, Reading]]) -> dict[str, Any]:
    """Precision, recall and F1 of each act and flag, and what the advice nudge is worth."""
    acts = {
        act: _scored([(each.act == act, reading.act == act) for each, reading in read])
        for act in ACTS
    }
    flags = {
        flag: _scored([(flag in each.flags, flag in reading.flags) for each, reading in read])
        for flag in FLAGS
    }
    spread = resampling.f1_intervals(
        [(each.flags | {each.act}, reading.flags | {reading.act}) for each, reading in read], ACTS
    )
    for name, each in (acts | flags).items():
        each["f1_95"] = spread.get(name, [0.0, 0.0])
    return {
        "macro_f1": round(sum(each["f1"] for each in acts.values()) / len(acts), 3),
        "macro_f1_95": spread["macro"],
        "acts": acts,
        "flags": flags,
        "nudge": _nudge(read),
        "hints": _hints(read),
    }


def _scored(pairs: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    both = sum(is_one and said for is_one, said in pairs)
    said, are = sum(said for _, said in pairs), sum(is_one for is_one, _ in pairs)
    precision, recall = both / said if said else 0.0, both / are if are else 0.0
    f1 = 2 * both / (said + are) if said + are else 0.0
    return {
        "precision": round(precision, 3),
        "precision_95": interval(both, said),
        "recall": round(recall, 3),
        "recall_95": interval(both, are),
        "f1": round(f1, 3),
        "n": are,
    }


def _nudge(read: Sequence[tuple[Utterance, Reading]]) -> dict[str, Any]:
    pairs = [(each.act == "advice", _nudged(each, reading)) for each, reading in read]
    opened = [_nudged(each, reading) for each, reading in read if each.act == "open"]
    scored = _scored(pairs)
    return {name: scored[name] for name in scored if name != "f1"} | {
        "false_on_open": round(sum(opened) / len(opened), 4) if opened else 0.0,
        "false_on_open_95": interval(sum(opened), len(opened)),
        "open": len(opened),
    }


def _hints(read: Sequence[tuple[Utterance, Reading]]) -> dict[str, Any]:
    """Whatever is said to a writer: how often it is right, and how often to a good open question."""
    said = [
        (each, hint.key)
        for each, reading in read
        if (hint := hinting.hint_for(each.text, reading, hinting.Setting()))
    ]
    right = sum(key in (each.act, *each.flags) for each, key in said)
    good = sum(each.act == "open" and not each.flags for each, _ in read)
    spoilt = sum(each.act == "open" and not each.flags for each, _ in said)
    return {
        "n": len(said),
        "precision": round(right / len(said), 3) if said else 0.0,
        "precision_95": interval(right, len(said)),
        "on_good_open": round(spoilt / good, 4) if good else 0.0,
        "on_good_open_95": interval(spoilt, good),
        "good_open": good,
    }


def _nudged(each: Utterance, reading: Reading) -> bool:
    """Whether its writer would have been told that it may land as advice."""
    hint = hinting.hint_for(each.text, reading, hinting.Setting())
    return hint is not None and hint.key == "advice"
