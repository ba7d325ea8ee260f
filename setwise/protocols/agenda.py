"""Planning a meeting's minutes from a protocol, the time the rules allow, and the issues."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from setwise.protocols.shape import Protocol, Stage, Step

SHORTEST, LONGEST = 30, 480  # minutes of a meeting


@dataclass(frozen=True, slots=True)
class Stop:
    """One place on a meeting's way: a step, or a stage of a round. `minutes` is what is planned."""

    id: str
    step: str
    kind: str
    stage: str | None
    round: int | None
    title: str
    minutes: int

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def plan(protocol: Protocol, *, minutes: int, issues: int) -> tuple[Stop, ...]:
    """The stops of a meeting of `minutes` with `issues` rounds (of those the protocol has).

    With fewer issues than the protocol is written for, the round that is left gets the time of the
    others, up to half as much again; what is over is kept in hand. A meeting of another length than
    the protocol's is scaled, fixed steps apart; the stops never take more than `minutes`. An optional
    stage is absent until it is asked for; its minutes are kept in hand.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise ValueError(f"A meeting takes {SHORTEST} to {LONGEST} minutes.")
    rounds = min(issues, protocol.issues) if protocol.issues else 0
    stops: list[Stop] = []
    for step in protocol.steps:
        if step.kind == "round":
            stops.extend(_rounds(protocol, step, rounds))
        elif not step.between_issues:
            stops.append(_stop(step))
    if 0 < rounds < protocol.issues:
        left_out = sum(s.minutes for s in protocol.steps if s.kind == "round" or s.between_issues)
        stops = _widen(stops, left_out)
    return _scaled(stops, minutes - in_hand(protocol, minutes), protocol)


def in_hand(protocol: Protocol, minutes: int) -> int:
    """The minutes that a meeting of `minutes` keeps unplanned by this protocol."""
    return round(protocol.in_hand * minutes / protocol.minutes)


def _rounds(protocol: Protocol, step: Step, rounds: int) -> list[Stop]:
    pause = next((s for s in protocol.steps if s.between_issues), None)
    stops: list[Stop] = []
    for number in range(1, rounds + 1):
        if number > 1 and pause:
            stops.append(_stop(pause))
        stops += [stage_stop(step, s, number) for s in step.stages if not s.optional]
    return stops


def stage_stop(step: Step, stage: Stage, number: int) -> Stop:
    """The stop of one stage in round `number`."""
    name = f"{step.key}-{number}.{stage.key}"
    return Stop(name, step.key, step.kind, stage.key, number, stage.title, stage.minutes)


def _stop(step: Step) -> Stop:
    return Stop(step.key, step.key, step.kind, None, None, step.title, step.minutes)


def _widen(stops: list[Stop], spare: int) -> list[Stop]:
    rounds = [stop for stop in stops if stop.round]
    extra = min(spare, sum(stop.minutes for stop in rounds) // 2)
    wider = iter(_shares([stop.minutes for stop in rounds], extra))
    return [
        replace(stop, minutes=stop.minutes + next(wider)) if stop.round else stop for stop in stops
    ]


def _scaled(stops: list[Stop], available: int, protocol: Protocol) -> tuple[Stop, ...]:
    written = protocol.minutes - protocol.in_hand
    if available == written:
        return tuple(stops)
    fixed = _fixed(stops, available, protocol)
    kept = sum(stop.minutes for stop in stops if stop.step in fixed)
    rest = [stop.minutes for stop in stops if stop.step not in fixed]
    target = max(len(rest), round(sum(rest) * (available - kept) / max(1, written - kept)))
    # every stop keeps a minute; the rest is shared as the protocol shares it
    shares = iter(_shares(rest, target - len(rest)))
    return tuple(
        stop if stop.step in fixed else replace(stop, minutes=1 + next(shares)) for stop in stops
    )


def _fixed(stops: list[Stop], available: int, protocol: Protocol) -> set[str]:
    """The steps that keep their minutes: none where they would take more than half of the time."""
    fixed = {step.key for step in protocol.steps if step.fixed}
    kept = sum(stop.minutes for stop in stops if stop.step in fixed)
    others = sum(stop.step not in fixed for stop in stops)
    fits = 2 * kept <= available and 0 < others <= available - kept
    return fixed if fits else set()


def _shares(weights: list[int], total: int) -> list[int]:
    """Share `total` by weight in whole numbers that add up (largest remainder)."""
    whole = sum(weights) or 1
    shares = [weight * total // whole for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda i: (weights[i] * total % whole, -i), reverse=True
    )
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares
