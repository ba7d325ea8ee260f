"""Reading protocols: those that come with Setwise, and any text of the same shape."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from setwise.protocols.shape import (
    AUDIENCES,
    KINDS,
    SPEAKERS,
    WRITES,
    Protocol,
    ProtocolError,
    Stage,
    Step,
)

KEYS = (
    *("classic", "first-meeting", "question-only", "half-hour", "case-clinic"),
    *("peer-consultation", "troika", "open-floor"),
)
FIRST = "first-meeting"  # what a set follows until ground rules are in force


@lru_cache
def load(key: str) -> Protocol:
    """The shipped protocol `key`; raises KeyError where there is none."""
    if key not in KEYS:
        raise KeyError(key)
    return parse((files("setwise.protocols") / "data" / f"{key}.toml").read_text("utf-8"), key=key)


def shipped() -> tuple[Protocol, ...]:
    return tuple(load(key) for key in KEYS)


def parse(text: str, *, key: str) -> Protocol:
    """Read a protocol; raises ProtocolError, with a sentence, for one that cannot work."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProtocolError(f"This is not a TOML file: {error}.") from error
    try:
        steps = tuple(_step(step) for step in _tables(data, "steps"))
        protocol = Protocol(
            key=key,
            title=str(data["title"]),
            summary=str(data.get("summary", "")),
            source=str(data["source"]),
            minutes=_minutes(data),
            in_hand=int(data.get("in_hand", 0)),
            issues=int(data.get("issues", 0)),
            steps=steps,
            advice=bool(data.get("advice", False)),
            coach=bool(data.get("coach", False)),
        )
    except KeyError as error:
        raise ProtocolError(f"The protocol lacks {error.args[0]!r}.") from error
    except (TypeError, ValueError, AttributeError) as error:
        if isinstance(error, ProtocolError):
            raise
        raise ProtocolError(f"A value is not of the kind it should be: {error}.") from error
    _check(protocol)
    return protocol


def _tables(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    tables = data[name]
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise ProtocolError(f"Write {name!r} as tables: [[{name}]].")
    return tables


def _step(data: Mapping[str, Any]) -> Step:
    stages = tuple(_stage(stage) for stage in (_tables(data, "stages") if "stages" in data else ()))
    kind = str(data["kind"])
    if kind not in KINDS:
        raise ProtocolError(f"{kind!r} is no kind of step.")
    minutes = sum(stage.minutes for stage in stages) if stages else _minutes(data)
    return Step(
        key=str(data["key"]),
        kind=kind,
        title=str(data["title"]),
        minutes=minutes,
        speaks=_speaks(data) if not stages else "presenter",
        guidance=_guidance(data),
        writes=_writes(data),
        stages=stages,
        between_issues=bool(data.get("between_issues", False)),
    )


def _stage(data: Mapping[str, Any]) -> Stage:
    return Stage(
        key=str(data["key"]),
        title=str(data["title"]),
        minutes=_minutes(data),
        speaks=_speaks(data),
        guidance=_guidance(data),
        writes=_writes(data),
        number=int(data.get("number", 0)),
        optional=bool(data.get("optional", False)),
    )


def _minutes(data: Mapping[str, Any]) -> int:
    minutes = data["minutes"]
    if not isinstance(minutes, int) or not 1 <= minutes <= 480:
        raise ProtocolError("Minutes are whole numbers from 1 to 480.")
    return minutes


def _speaks(data: Mapping[str, Any]) -> str:
    speaks = str(data["speaks"])
    if speaks not in SPEAKERS:
        raise ProtocolError(f"{speaks!r} is nobody who speaks; use one of {sorted(SPEAKERS)}.")
    return speaks


def _guidance(data: Mapping[str, Any]) -> Mapping[str, str]:
    guidance = {str(key): str(words) for key, words in data.get("guidance", {}).items()}
    if extra := guidance.keys() - AUDIENCES:
        raise ProtocolError(
            f"Guidance is for presenter, controls or everyone, not {extra.pop()!r}."
        )
    return guidance


def _writes(data: Mapping[str, Any]) -> frozenset[str]:
    writes = frozenset(map(str, data.get("writes", ())))
    if extra := writes - WRITES:
        raise ProtocolError(f"{sorted(extra)[0]!r} is nothing that can be written.")
    return writes


def _check(protocol: Protocol) -> None:
    keys = [step.key for step in protocol.steps]
    if len(set(keys)) != len(keys) or not keys:
        raise ProtocolError("Each step needs a key of its own, and there is at least one step.")
    if not 0 <= protocol.issues <= 2 or protocol.in_hand < 0:
        raise ProtocolError("A protocol has no, one or two issues, and keeps no minutes short.")
    if protocol.issues and sum(step.kind == "round" for step in protocol.steps) != 1:
        raise ProtocolError(
            "A protocol with issues has one step of the kind round, for each of them."
        )
    planned = sum(
        step.minutes * (protocol.issues if step.kind == "round" else 1)
        for step in protocol.steps
        if not (step.between_issues and protocol.issues < 2)
    )
    if planned + protocol.in_hand != protocol.minutes:
        raise ProtocolError(
            f"The steps take {planned} minutes and {protocol.in_hand} are kept in hand, "
            f"which does not make {protocol.minutes}."
        )
    for step in protocol.steps:
        stages = [stage.key for stage in step.stages]
        if len(set(stages)) != len(stages):
            raise ProtocolError("Each stage of a round needs a key of its own.")
        if step.kind == "round" and not any("action" in stage.writes for stage in step.stages):
            raise ProtocolError("A round needs a stage in which the presenter decides.")
