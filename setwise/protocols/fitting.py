"""Whether a meeting can be held by a protocol: what its parts must make together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from setwise.protocols.agenda import SHORTEST, plan, scaled
from setwise.protocols.shape import OF_ROUND, Fault, Protocol, Stage, Step

MOST_PEOPLE, LEAST_IN_TURN = 7, 15  # people of a full set; seconds for each who speaks in turn
RESERVED = "break-now"  # the engine's own, for a break taken in mid-meeting
ASKED_FOR = "sharing"  # the one stage that a presenter asks for
OF_OTHERS = frozenset({"presenter", "questioners", "others"})


def fitting(protocol: Protocol) -> list[Fault]:
    """Every reason why a meeting of 4–7 people could not be held so; none where it can."""
    faults = [*_steps(protocol), *_rounds(protocol)]
    return faults or [*_minutes(protocol)]


def _steps(protocol: Protocol) -> Iterator[Fault]:
    if not protocol.steps:
        yield Fault(("steps",), "A meeting has at least one step.")
    yield from _repeated([step.key for step in protocol.steps], ("steps",))
    between = [i for i, step in enumerate(protocol.steps) if step.between_issues]
    for i in between[1:]:
        yield Fault(("steps", i, "between_issues"), "One step only stands between two issues.")
    for i, step in enumerate(protocol.steps):
        where = ("steps", i)
        if step.key == RESERVED:
            yield Fault((*where, "key"), f"Setwise itself uses {RESERVED}: choose another key.")
        if step.kind == "round":
            yield from _stages(step, i)
            continue
        if step.stages:
            yield Fault((*where, "stages"), "Only a round has stages.")
        if step.speaks in OF_OTHERS:
            yield Fault((*where, "speaks"), "There is a presenter in a round only.")
        if wrong := step.writes & OF_ROUND - {"action"}:
            yield Fault((*where, "writes"), f"In a round only: {', '.join(sorted(wrong))}.")
        yield from _in_turn(step, where)


def _stages(step: Step, at: int) -> Iterator[Fault]:
    where = ("steps", at, "stages")
    yield from _repeated([stage.key for stage in step.stages], where)
    if step.between_issues:
        yield Fault(("steps", at, "between_issues"), "A round cannot stand between two issues.")
    if step.writes or step.fixed:
        name = "writes" if step.writes else "fixed"
        yield Fault(("steps", at, name), "Say this of its stages, not of the round.")
    for i, stage in enumerate(step.stages):
        if wrong := stage.writes - OF_ROUND:
            words = ", ".join(sorted(wrong))
            yield Fault((*where, i, "writes"), f"Not in a round: {words}.")
        if stage.optional and stage.key != ASKED_FOR:
            sentence = f"Only the stage {ASKED_FOR} can wait until the presenter asks for it."
            yield Fault((*where, i, "optional"), sentence)
        yield from _in_turn(stage, (*where, i))
    if not any(map(decides, step.stages)):
        yield Fault(where, "A round needs a stage in which the presenter decides.")
    taken = sum(stage.minutes for stage in step.stages)
    if step.stages and step.minutes != taken:
        sentence = f"The stages take {taken} minutes, which does not make {step.minutes}."
        yield Fault(("steps", at, "minutes"), sentence)


def decides(stage: Stage) -> bool:
    """Whether the presenter decides in this stage: the third of action learning, always held."""
    return (
        stage.number == 3
        and stage.speaks == "presenter"
        and "action" in stage.writes
        and not stage.optional
    )


def _repeated(keys: Sequence[str], where: tuple[str | int, ...]) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for i, key in enumerate(keys):
        seen[key] += 1
        if seen[key] == 2:
            yield Fault((*where, i, "key"), "Each needs a key of its own.")


def _in_turn(part: Step | Stage, where: tuple[str | int, ...]) -> Iterator[Fault]:
    if part.speaks == "each" and part.minutes * 60 < MOST_PEOPLE * LEAST_IN_TURN:
        least = -(-MOST_PEOPLE * LEAST_IN_TURN // 60)
        sentence = f"For {MOST_PEOPLE} people in turn, give it at least {least} minutes."
        yield Fault((*where, "minutes"), sentence)


def _rounds(protocol: Protocol) -> Iterator[Fault]:
    rounds = [i for i, step in enumerate(protocol.steps) if step.kind == "round"]
    if protocol.issues and not rounds:
        sentence = "With issues there is one step of the kind round, held for each of them."
        yield Fault(("issues",), sentence)
    if rounds and not protocol.issues:
        yield Fault(("issues",), "There is a round: say one issue, or two.")
    for i in rounds[1:]:
        yield Fault(("steps", i, "kind"), "One step of the kind round is held for each issue.")


def _minutes(protocol: Protocol) -> Iterator[Fault]:
    planned = sum(
        step.minutes * (protocol.issues if step.kind == "round" else 1)
        for step in protocol.steps
        if not (step.between_issues and protocol.issues < 2)
    )
    total = planned + protocol.in_hand
    if total != protocol.minutes:
        more = protocol.minutes - total
        yield Fault(
            ("minutes",),
            f"The steps take {planned} minutes and {protocol.in_hand} are kept in hand. That makes "
            f"{total}, not {protocol.minutes}: {abs(more)} too {'few' if more > 0 else 'many'}.",
        )
        return
    stops = len(plan(protocol, minutes=protocol.minutes, issues=protocol.issues))
    if stops > SHORTEST - scaled(protocol.in_hand, protocol, SHORTEST):
        yield Fault(
            ("steps",),
            f"There are {stops} parts, too many for the shortest meeting, which is half an hour: "
            "each needs a minute. Leave some out, or keep less in hand.",
        )
