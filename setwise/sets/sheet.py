"""A protocol as a page's form: rows to retime, reorder, leave out and add; and its data again.

Pure: no row of the database, no request. What was typed stays as it was typed until it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from setwise.protocols.shape import Fault, Protocol, Stage, Step

HEAD = ("title", "summary", "minutes", "in_hand", "issues", "advice", "coach")
TYPED = ("title", "minutes", "speaks", "everyone", "presenter", "controls", "optional", "fixed")
KEPT = ("kind", "writes", "number", "between_issues")  # of the part itself, carried along
FLAGS = frozenset({"advice", "coach", "optional", "fixed", "between_issues"})
WHOLE = frozenset({"minutes", "in_hand", "issues", "number"})
MOST_ROWS = 90
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A step, or with `within` a stage of that round. `errors` are sentences by the field's name."""

    key: str
    values: Values
    within: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.within}/{self.key}" if self.within else self.key

    @property
    def is_round(self) -> bool:
        return self.values.get("kind") == "round"

    def data(self) -> dict[str, Any]:
        values = self.values
        found: dict[str, Any] = {"key": self.key, "writes": values.get("writes", "").split()}
        names: tuple[str, ...] = ("title", "kind", "between_issues", "fixed")
        if self.within:
            names = ("title", "number", "optional")
        found |= {name: _read(name, values.get(name, "")) for name in names}
        if not self.is_round:
            found |= {name: _read(name, values.get(name, "")) for name in ("minutes", "speaks")}
        said = {
            name: _plain(values.get(name, "")) for name in ("everyone", "presenter", "controls")
        }
        return found | {"guidance": {name: words for name, words in said.items() if words}}


@dataclass(frozen=True, slots=True)
class Sheet:
    head: Values
    rows: tuple[Row, ...]
    source: str
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, protocol: Protocol, *, title: str, source: str) -> Self:
        rows: list[Row] = []
        for step in protocol.steps:
            rows += rows_of(step)
        head = {
            "title": title,
            "summary": protocol.summary,
            "minutes": str(protocol.minutes),
            "in_hand": str(protocol.in_hand),
            "issues": str(protocol.issues),
            "advice": "1" if protocol.advice else "",
            "coach": "1" if protocol.coach else "",
        }
        return cls(head, tuple(rows), source)

    @classmethod
    def sent(cls, names: Iterable[str], values: Values, *, source: str) -> Self:
        """What a page sent: `names` are its rows in their order, `values` its fields."""
        rows: list[Row] = []
        for name in list(dict.fromkeys(names))[:MOST_ROWS]:
            within, _, key = name.rpartition("/")
            fields = {each: values.get(f"{name}.{each}", "") for each in (*TYPED, *KEPT)}
            rows.append(Row(key, fields, within))
        return cls({name: values.get(name, "") for name in HEAD}, tuple(rows), source)

    def data(self) -> dict[str, Any]:
        """The data of the protocol that is written here, for the one checker of all."""
        steps: list[dict[str, Any]] = []
        for row in self.rows:
            if not row.within:
                steps.append(row.data())
            elif steps:
                steps[-1].setdefault("stages", []).append(row.data())
        return {name: _read(name, self.head[name]) for name in HEAD} | {
            "source": self.source,
            "steps": steps,
        }

    def refused(self, faults: Iterable[Fault]) -> Self:
        """The same with each fault beside its field; of several there, the first."""
        head: dict[str, str] = {}
        beside: dict[str, dict[str, str]] = {}
        for fault in faults:
            row, name = self._place(fault.where)
            if row is None:
                head.setdefault(name, fault.sentence)
            else:
                beside.setdefault(row.name, {}).setdefault(name, fault.sentence)
        rows = tuple(replace(row, errors=beside.get(row.name, {})) for row in self.rows)
        return replace(self, rows=rows, errors=head)

    def _place(self, where: tuple[str | int, ...]) -> tuple[Row | None, str]:
        """The row and the field of a fault; '' for what has no field of its own."""
        numbers = [each for each in where if isinstance(each, int)]
        name = str(where[-1]) if where else ""
        if not numbers:
            return None, name if name in HEAD else ""
        steps = [i for i, row in enumerate(self.rows) if not row.within]
        at = steps[numbers[0]] + (1 + numbers[1] if len(numbers) > 1 else 0)
        return self.rows[at], name if name in TYPED else ""

    @property
    def refusals(self) -> bool:
        return bool(self.errors) or any(row.errors for row in self.rows)

    @property
    def taken(self) -> int:
        """The minutes of all that stands here, as far as they are numbers."""
        issues = int(self.head["issues"]) if self.head["issues"] in ("1", "2") else 0
        total = 0
        for row in self.rows:
            minutes = _read("minutes", row.values.get("minutes", ""))
            if not isinstance(minutes, int) or row.is_round:
                continue
            between = row.values.get("between_issues") and issues < 2
            total += 0 if between else minutes * (issues if row.within else 1)
        return total


def rows_of(step: Step, *, key: str = "") -> list[Row]:
    """The rows of a step: its own, and one for each of its stages."""
    own = _values(step) | {"kind": step.kind, "fixed": _flag(step.fixed)}
    own["between_issues"] = _flag(step.between_issues)
    key = key or step.key
    return [Row(key, own), *(row_of(stage, within=key) for stage in step.stages)]


def row_of(stage: Stage, *, within: str, key: str = "") -> Row:
    more = {"number": str(stage.number), "optional": _flag(stage.optional)}
    return Row(key or stage.key, _values(stage) | more, within)


def _values(part: Step | Stage) -> dict[str, str]:
    return {
        "title": part.title,
        "minutes": str(part.minutes),
        "speaks": part.speaks,
        "writes": " ".join(sorted(part.writes)),
        **{name: part.guidance.get(name, "") for name in ("everyone", "presenter", "controls")},
    }


def _flag(on: bool) -> str:
    return "1" if on else ""


def _plain(words: str) -> str:
    return " ".join(words.split())


def _read(name: str, typed: str) -> str | int | bool:
    """A typed value as data; what is no number stays what it is, for the checker to refuse."""
    if name in FLAGS:
        return bool(typed)
    typed = _plain(typed)
    digits = typed.isascii() and typed.isdigit() and len(typed) < 9
    return int(typed) if name in WHOLE and digits else typed
