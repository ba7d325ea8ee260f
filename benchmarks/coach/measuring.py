"""`bin/bench coach`: how well the coach reads a file of labelled utterances, and how long it takes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks.coach import corpus, scoring
from benchmarks.serving import NoResult
from setwise.coaching import hinting, reading

LENGTH = 500  # characters of each text whose time is taken
TIMES = 5  # each is read as often, and the shortest counts: the rest is the machine's business


def measure(file: Path) -> dict[str, Any]:
    """The scores with their 95 % intervals, and the milliseconds for a text of 500 characters."""
    try:
        given = corpus.load(file)
    except (OSError, KeyError, UnicodeDecodeError) as why:
        raise NoResult(f"{file} could not be read as utterances: {type(why).__name__}") from why
    if not given:
        raise NoResult(f"{file} holds no utterance")
    read = [(each, reading.read(each.text)) for each in given]
    return {"n": len(given)} | scoring.scores(read) | {"latency_ms": _latency(given)}


def _latency(given: list[corpus.Utterance]) -> dict[str, float]:
    taken = sorted(_shortest((f"{each.text} " * LENGTH)[:LENGTH]) for each in given)
    return {f"p{share}": round(_at(taken, share), 3) for share in (50, 99)}


def _shortest(text: str) -> float:
    def once() -> float:
        begun = time.perf_counter()
        hinting.hint(text, hinting.Setting())
        return 1000 * (time.perf_counter() - begun)

    return min(once() for _ in range(TIMES))


def _at(ordered: list[float], share: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def told(result: dict[str, Any]) -> str:
    """The result for a person to read."""
    lines = [f"{result['n']} utterances, macro-F1 {result['macro_f1']} {result['macro_f1_95']}"]
    for name, each in {**result["acts"], **result["flags"]}.items():
        lines.append(
            f"{name:<10} precision {each['precision']:.2f}  recall {each['recall']:.2f}"
            f"  F1 {each['f1']:.2f}  ({each['n']})"
        )
    nudge = result["nudge"]
    lines.append(
        f"advice nudge: precision {nudge['precision']:.2f} {nudge['precision_95']}, recall "
        f"{nudge['recall']:.2f} {nudge['recall_95']}; on open questions "
        f"{100 * nudge['false_on_open']:.1f} % of {nudge['open']}"
    )
    hints = result["hints"]
    lines.append(
        f"all hints ({hints['n']}): precision {hints['precision']:.2f} {hints['precision_95']}; on "
        f"open questions without a flag {100 * hints['on_good_open']:.1f} % of {hints['good_open']}"
    )
    lines.append("milliseconds: p50 {p50}, p99 {p99}".format(**result["latency_ms"]))
    return "\n".join(lines)
