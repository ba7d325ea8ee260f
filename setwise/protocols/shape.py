"""A protocol as data: what a meeting's steps are, who speaks in each, and what may be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KINDS = frozenset(
    {"check-in", "progress", "bidding", "round", "break", "rules", "review", "check-out", "free"}
)
# `questioners` ask the presenter; `others` speak while the presenter is silent
SPEAKERS = frozenset(
    {"each", "presenter", "questioners", "others", "everyone", "controls", "nobody"}
)
AUDIENCES = frozenset({"presenter", "controls", "everyone"})
WRITES = frozenset(
    (
        "bid",
        "statement",
        "presentation",
        "question",
        "option",
        "action",
        "feedback",
        "review",
        "learning",
        "progress",
        "rules",
        "problem",
    )
)
OF_ROUND = frozenset(
    {"statement", "presentation", "question", "problem", "option", "action", "feedback"}
)
PLACES = {"steps": "step", "stages": "stage"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a protocol cannot work, in a sentence; `where` is a path of its data, counted from 0."""

    where: tuple[str | int, ...]
    sentence: str

    @property
    def place(self) -> str:
        """Where in words, as a reader counts: step 3, stage 2, minutes. '' for the whole."""
        found: list[str] = []
        for before, each in zip(("", *self.where), self.where, strict=False):
            if isinstance(each, int):
                found.append(f"{PLACES.get(str(before), before)} {each + 1}")
            elif each not in PLACES or each == self.where[-1]:
                found.append(each)
        return ", ".join(found)

    def __str__(self) -> str:
        place = self.place
        return f"{place[:1].upper()}{place[1:]}: {self.sentence}" if place else self.sentence


class ProtocolError(ValueError):
    """A protocol that cannot work: every fault found, each a line for whoever wrote it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a round. `number` is the stage of action learning it belongs to (1–3), or 0."""

    key: str
    title: str
    minutes: int
    speaks: str
    guidance: Mapping[str, str]
    writes: frozenset[str] = frozenset()
    number: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a meeting. A round's minutes are those of its stages.

    `fixed`: a longer or shorter meeting gives it neither more nor less, within reason.
    """

    key: str
    kind: str
    title: str
    minutes: int
    speaks: str
    guidance: Mapping[str, str]
    writes: frozenset[str] = frozenset()
    stages: tuple[Stage, ...] = ()
    between_issues: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way of meeting. `minutes` is what it is written for, `in_hand` what it leaves unplanned.

    `advice`: the others may advise, which action learning itself does not; it is said wherever the
    protocol is chosen. `coach`: whoever facilitates may step in at any time, by a question.
    """

    key: str
    title: str
    summary: str
    source: str
    minutes: int
    in_hand: int
    issues: int
    steps: tuple[Step, ...]
    advice: bool = False
    coach: bool = False

    @property
    def round(self) -> Step | None:
        return next((step for step in self.steps if step.kind == "round"), None)

    @property
    def label(self) -> str:
        """The title, plainly marked where advice is permitted."""
        return f"{self.title} (advice permitted)" if self.advice else self.title

    def part(self, step: str, stage: str | None) -> Step | Stage:
        """The stage of that name, or the step where `stage` is None. KeyError for neither."""
        for each in self.steps:
            if each.key == step:
                if stage is None:
                    return each
                for part in each.stages:
                    if part.key == stage:
                        return part
        raise KeyError((step, stage))
