"""Writing a protocol as the TOML that `parse` reads: a set keeps its own so, and takes it away so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from setwise.protocols.shape import Protocol, Stage, Step


def write(protocol: Protocol) -> str:
    """The protocol's file; reading it gives the same protocol again."""
    head = {
        "title": protocol.title,
        "summary": protocol.summary,
        "source": protocol.source,
        "advice": protocol.advice,
        "coach": protocol.coach,
        "minutes": protocol.minutes,
        "in_hand": protocol.in_hand,
        "issues": protocol.issues,
    }
    parts = ["\n".join(_lines(head)), *(_step(step) for step in protocol.steps)]
    return "\n\n".join(parts) + "\n"


def _step(step: Step) -> str:
    values = {
        "key": step.key,
        "kind": step.kind,
        "title": step.title,
        "minutes": step.minutes,
        "speaks": "" if step.kind == "round" else step.speaks,
        "writes": sorted(step.writes),
        "between_issues": step.between_issues,
        "fixed": step.fixed,
    }
    lines = ["[[steps]]", *_lines(values), *_guidance(step)]
    return "\n\n".join(["\n".join(lines), *map(_stage, step.stages)])


def _stage(stage: Stage) -> str:
    values = {
        "key": stage.key,
        "title": stage.title,
        "number": stage.number,
        "minutes": stage.minutes,
        "optional": stage.optional,
        "speaks": stage.speaks,
        "writes": sorted(stage.writes),
    }
    lines = ["[[steps.stages]]", *_lines(values), *_guidance(stage)]
    return "\n".join(f"  {line}" for line in lines)


def _guidance(part: Step | Stage) -> Iterator[str]:
    return _lines({f"guidance.{name}": words for name, words in sorted(part.guidance.items())})


def _lines(values: dict[str, Any]) -> Iterator[str]:
    """What says something; a JSON string, number, list or boolean is TOML too, DEL apart."""
    for name, value in values.items():
        if value or (value == 0 and name == "in_hand"):
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}"
