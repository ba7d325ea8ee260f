"""Ranking the dates and the places of a poll, and saying why in words. Pure.

More people who can come stand first, then more who can without *if need be*, then fewer who cannot,
then fewer for whom it is outside the hours below, then the earlier date (or the place named first).
A better answer therefore never makes a date rank lower.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from setwise.ui import zones

EARLIEST, LATEST = time(8), time(20)  # a start outside these is worth a word
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who is asked. `counts` for the quorum: a facilitator from outside does not."""

    id: Hashable
    zone: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A date (`starts_at`) or a place (None), and who answered what: yes, if need be, no."""

    id: Hashable
    answers: Mapping[Any, str] = field(default_factory=dict)
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One choice as it stands among those who are asked; `why` is a sentence without an end."""

    id: Hashable
    asked: int
    yes: int
    if_need_be: int
    no: int
    odd_hours: tuple[tuple[str, int], ...]  # a start early or late in the day, and for how many
    short_of: int  # the quorum, where too few can come for it; 0 where enough can

    @property
    def can(self) -> int:
        return self.yes + self.if_need_be

    @property
    def unanswered(self) -> int:
        return self.asked - self.can - self.no

    @property
    def agreed(self) -> bool:
        """Everyone has said yes, without *if need be*."""
        return 0 < self.asked == self.yes

    @property
    def why(self) -> str:
        parts = [self._who_can()]
        if self.if_need_be:
            many = f"{_number(self.if_need_be)} " if self.yes else ""  # of one: that one
            parts.append(f"{many}if need be")
        if self.no and self.can:
            parts.append(f"{_number(self.no)} cannot")
        if self.unanswered and self.unanswered < self.asked:
            parts.append(f"{_number(self.unanswered)} still to answer")
        told = [", ".join(parts)]
        told += [f"{hour} for {_number(many)} of them" for hour, many in self.odd_hours]
        if self.short_of and not self.unanswered:
            told.append(f"too few for your quorum of {_number(self.short_of)}")
        return "; ".join(told)

    def _who_can(self) -> str:
        if not self.can:
            so_far = "nobody so far" if self.unanswered else "nobody can"
            return so_far if self.no else "nobody has answered yet"
        if self.can < self.asked:
            return f"{_number(self.can)} of {_number(self.asked)}"
        return {1: "the only one asked", 2: "both"}.get(self.asked, f"all {_number(self.asked)}")


def rank(
    choices: Sequence[Choice],
    voters: Iterable[Voter],
    *,
    quorum: int = 0,
    after: datetime | None = None,
) -> list[Ranked]:
    """The best first. Answers of people who are not asked (any more) do not count.

    `after` leaves out the dates that have begun by then. Of two equal choices the
    earlier date stands first, or the one given first.
    """
    asked = list(voters)
    left = [
        each
        for each in choices
        if after is None or each.starts_at is None or each.starts_at > after
    ]
    rows = [(_ranked(each, asked, quorum), each, place) for place, each in enumerate(left)]
    return [row for row, _, _ in sorted(rows, key=lambda found: _order(*found))]


def _order(row: Ranked, choice: Choice, place: int) -> tuple[int, int, int, int, float, int]:
    odd = sum(many for _, many in row.odd_hours)
    when = choice.starts_at.timestamp() if choice.starts_at else 0.0
    return -row.can, -row.yes, row.no, odd, when, place


def _ranked(choice: Choice, asked: list[Voter], quorum: int) -> Ranked:
    given = [choice.answers.get(voter.id, "") for voter in asked]
    coming = [voter for voter in asked if choice.answers.get(voter.id) in ("yes", "if need be")]
    enough = sum(voter.counts for voter in coming) >= quorum
    return Ranked(
        id=choice.id,
        asked=len(asked),
        yes=given.count("yes"),
        if_need_be=given.count("if need be"),
        no=given.count("no"),
        odd_hours=_odd_hours(choice.starts_at, coming),
        short_of=0 if enough else quorum,
    )


def _odd_hours(starts_at: datetime | None, coming: list[Voter]) -> tuple[tuple[str, int], ...]:
    """The starts outside the day's hours, by the clocks of those who can come."""
    if starts_at is None:
        return ()
    found: dict[str, int] = {}
    for voter in coming:
        local = starts_at.astimezone(zones.zone(voter.zone)).time()
        if not EARLIEST <= local < LATEST:
            found[f"{local:%H:%M}"] = found.get(f"{local:%H:%M}", 0) + 1
    return tuple(sorted(found.items()))


def _number(many: int) -> str:
    return NUMBERS[many] if many < len(NUMBERS) else str(many)
