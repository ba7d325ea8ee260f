"""Planning a meeting's minutes from a protocol, the time the rules allow, and the issues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from setwise.protocols.shape import Protocol, Stage, Step

SHORTEST, LONGEST = 30, 480  # minutes of a meeting
Place = tuple[Step, Stage | None, int | None]  # the last: which round
Part = tuple[str, str | None]


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
    others. A meeting of another length than the protocol's is scaled, fixed steps apart. Every round
    gets the same, and every stop a minute at least. What the protocol keeps in hand, and the minutes
    of its optional stages (absent until they are asked for), stay free: the stops take no more than
    the rest.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise ValueError(f"A meeting takes {SHORTEST} to {LONGEST} minutes.")
    rounds = min(issues, protocol.issues)
    way = list(_way(protocol, rounds))
    free = scaled(protocol.in_hand, protocol, minutes)
    free += scaled(rounds * _optional(protocol), protocol, minutes)
    lengths = _lengths(protocol, way, rounds, minutes - free)
    return tuple(
        stop_of(step, stage, number, lengths[_part(step, stage)]) for step, stage, number in way
    )


def stop_of(step: Step, stage: Stage | None, number: int | None, minutes: int) -> Stop:
    """The stop of a step, or of one stage in round `number`."""
    if stage is None:
        return Stop(step.key, step.key, step.kind, None, None, step.title, minutes)
    name = f"{step.key}-{number}.{stage.key}"
    return Stop(name, step.key, step.kind, stage.key, number, stage.title, minutes)


def scaled(part: int, protocol: Protocol, minutes: int) -> int:
    """Minutes of the protocol, in a meeting of another length; half a minute is one."""
    return (2 * part * minutes + protocol.minutes) // (2 * protocol.minutes)


def _way(protocol: Protocol, rounds: int) -> Iterator[Place]:
    """Every place on the way, in its order, optional stages left out."""
    pause = next((step for step in protocol.steps if step.between_issues), None)
    for step in protocol.steps:
        if step.kind != "round":
            if not step.between_issues:
                yield step, None, None
            continue
        for number in range(1, rounds + 1):
            if number > 1 and pause:
                yield pause, None, None
            yield from ((step, stage, number) for stage in step.stages if not stage.optional)


def _part(step: Step, stage: Stage | None) -> Part:
    return step.key, stage.key if stage else None


def _lengths(protocol: Protocol, way: list[Place], rounds: int, available: int) -> dict[Part, int]:
    """The minutes of each part, a stage's in one round."""
    times = Counter(_part(step, stage) for step, stage, _ in way)
    weights = _weights(protocol, way, rounds)
    fixed = _fixed(protocol, times, available)
    scaling = [part for part in weights if part not in fixed]
    left = available - sum(fixed.values())
    shares = _shares([weights[each] for each in scaling], [times[each] for each in scaling], left)
    return fixed | dict(zip(scaling, shares, strict=True))


def _fixed(protocol: Protocol, times: Counter[Part], available: int) -> dict[Part, int]:
    """The steps that keep their minutes: none where they would take more than half of the time."""
    steps = ((_part(step, None), step) for step in protocol.steps if step.fixed)
    fixed = {part: step.minutes for part, step in steps if part in times}
    kept, others = sum(fixed.values()), sum(times.values()) - len(fixed)
    return fixed if 2 * kept <= available and 0 < others <= available - kept else {}


def _optional(protocol: Protocol) -> int:
    return sum(s.minutes for step in protocol.steps for s in step.stages if s.optional)


def _weights(protocol: Protocol, way: list[Place], rounds: int) -> dict[Part, Fraction]:
    """What each part weighs: its minutes, and in a round the time of the rounds left out."""
    kept = sum(stage.minutes for _, stage, _ in way if stage)
    left_out = 0
    if 0 < rounds < protocol.issues:
        left_out = sum(s.minutes for s in protocol.steps if s.kind == "round" or s.between_issues)
    stretch = Fraction(kept + left_out, kept) if kept else Fraction(1)
    return {
        _part(step, stage): (stage.minutes * stretch if stage else Fraction(step.minutes))
        for step, stage, _ in way
    }


def _shares(weights: list[Fraction], times: list[int], total: int) -> list[int]:
    """Whole minutes by weight, one at least, each given as often as `times` says.

    Together they make `total`, less what is too little to give to all alike. (Largest remainder.)
    """
    whole = sum(weight * often for weight, often in zip(weights, times, strict=True))
    exact = [weight * total / whole for weight in weights]
    shares = [max(1, int(each)) for each in exact]
    left = total - sum(share * often for share, often in zip(shares, times, strict=True))
    while (
        left < 0 and max(shares) > 1
    ):  # so short a meeting that a minute each is more than a share
        longest = shares.index(max(shares))
        shares[longest] -= 1
        left += times[longest]
    for index in sorted(range(len(exact)), key=lambda i: shares[i] - exact[i]):
        if shares[index] < exact[index] and times[index] <= left:
            shares[index] += 1
            left -= times[index]
    return shares


def fair_shares(weights: Sequence[int], total: int) -> list[int]:
    """Share `total` by weight in whole numbers that add up; none above its weight where all can be."""
    whole = sum(weights) or 1
    shares = [weight * total // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(weights[i] * total % whole), i))
    for index in order[: total - sum(shares)]:
        shares[index] += 1
    return shares
