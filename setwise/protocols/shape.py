"""A protocol as data: what a meeting's steps are, who speaks in each, and what may be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KINDS = frozenset(
    {"check-in", "progress", "bidding", "round", "break", "rules", "review", "check-out", "free"}
)
SPEAKERS = frozenset({"each", "presenter", "questioners", "everyone", "controls", "nobody"})
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
    )
)


class ProtocolError(ValueError):
    """A protocol that cannot work; the message is a sentence for whoever wrote it."""


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
    """A part of a meeting. A round's minutes are those of its stages."""

    key: str
    kind: str
    title: str
    minutes: int
    speaks: str
    guidance: Mapping[str, str]
    writes: frozenset[str] = frozenset()
    stages: tuple[Stage, ...] = ()
    between_issues: bool = False


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
