"""Reading a protocol's data, every fault beside the place where it is. `fitting` asks the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from setwise.protocols.agenda import LONGEST, SHORTEST
from setwise.protocols.shape import (
    AUDIENCES,
    KINDS,
    SPEAKERS,
    WRITES,
    Fault,
    Protocol,
    Stage,
    Step,
)

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
MOST_TITLE, MOST_WORDS, MOST_KEY = 60, 500, 40  # characters
Where = tuple[str | int, ...]
Table = Mapping[str, Any]
KNOWN = {
    "protocol": frozenset(
        {"title", "summary", "source", "minutes", "in_hand", "issues", "advice", "coach", "steps"}
    ),
    "step": frozenset(
        {"key", "kind", "title", "minutes", "speaks", "writes", "guidance", "stages"}
        | {"between_issues", "fixed"}
    ),
    "stage": frozenset(
        {"key", "title", "minutes", "speaks", "writes", "guidance", "number", "optional"}
    ),
}


class Reader:
    """Reads values of a table, and notes what is wrong with each instead of stopping there."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def refuse(self, where: Where, sentence: str) -> None:
        self.faults.append(Fault(where, sentence))

    def known(self, data: Table, where: Where, what: str) -> None:
        for name in sorted(data.keys() - KNOWN[what]):
            self.refuse((*where, plain(name)), f"Nothing in a {what} is called so.")

    def words(self, data: Table, where: Where, name: str, most: int, *, needed: bool = True) -> str:
        value = data.get(name, "")
        where = (*where, name)
        if not isinstance(value, str):
            self.refuse(where, "Write words here, between quotation marks.")
            return ""
        said: str = value.strip()
        if needed and not said:
            self.refuse(where, "Write something here.")
        if len(said) > most:
            self.refuse(where, f"Keep it below {most} characters: it has {len(said)}.")
        if any(unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") for each in said):
            self.refuse(where, "Keep it on one line, without odd characters.")
        return said

    def whole(
        self, data: Table, where: Where, name: str, least: int, most: int, unset: int | None = None
    ) -> int:
        value = data.get(name, unset)
        if type(value) is int and least <= value <= most:
            return value
        said = "Minutes are whole numbers" if name == "minutes" else "Write a whole number"
        self.refuse((*where, name), f"{said} from {least} to {most}.")
        return least

    def flag(self, data: Table, where: Where, name: str) -> bool:
        value = data.get(name, False)
        if not isinstance(value, bool):
            self.refuse((*where, name), "Write true or false.")
        return value is True

    def one_of(self, data: Table, where: Where, name: str, known: frozenset[str]) -> str:
        value = data.get(name)
        if not isinstance(value, str) or value not in known:
            self.refuse((*where, name), f"Use one of: {', '.join(sorted(known))}.")
            return ""
        return str(value)

    def some_of(
        self, data: Table, where: Where, name: str, known: frozenset[str]
    ) -> frozenset[str]:
        value = data.get(name, [])
        if not isinstance(value, list) or not all(
            isinstance(each, str) and each in known for each in value
        ):
            self.refuse((*where, name), f"A list, of some of: {', '.join(sorted(known))}.")
            return frozenset()
        return frozenset(value)

    def tables(self, data: Table, where: Where, name: str) -> list[Table]:
        value = data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.refuse((*where, name), f"Write these as tables: [[{name}]].")
            return []
        return value

    def key(self, data: Table, where: Where) -> str:
        value = data.get("key")
        if not isinstance(value, str) or len(value) > MOST_KEY or not KEY.match(value):
            sentence = f"A key is small letters, figures and hyphens, {MOST_KEY} at most."
            self.refuse((*where, "key"), sentence)
            return ""
        return value

    def guidance(self, data: Table, where: Where) -> Mapping[str, str]:
        value, where = data.get("guidance", {}), (*where, "guidance")
        if not isinstance(value, dict):
            self.refuse(where, 'Write guidance for each audience: guidance.everyone = "…".')
            return {}
        for name in sorted(value.keys() - AUDIENCES):
            sentence = "Guidance is for presenter, controls or everyone."
            self.refuse((*where, plain(name)), sentence)
        words = {
            name: self.words(value, where, name, MOST_WORDS, needed=False)
            for name in sorted(AUDIENCES & value.keys())
        }
        return {name: said for name, said in words.items() if said}


def plain(name: str) -> str:
    """A name out of somebody's file, fit to be shown on a line."""
    shown = "".join(each if each.isprintable() else "?" for each in name[:MOST_KEY])
    return shown or "(no name)"


def read(data: Table, *, key: str) -> tuple[Protocol, list[Fault]]:
    """The protocol that this data tells, and what is wrong with any of its values.

    With a fault the protocol is not to be followed: what could not be read stands at its least.
    """
    reader = Reader()
    reader.known(data, (), "protocol")
    steps = tuple(
        _step(reader, each, ("steps", i)) for i, each in enumerate(reader.tables(data, (), "steps"))
    )
    protocol = Protocol(
        key=key,
        title=reader.words(data, (), "title", MOST_TITLE),
        summary=reader.words(data, (), "summary", MOST_WORDS, needed=False),
        source=reader.words(data, (), "source", MOST_WORDS),
        minutes=reader.whole(data, (), "minutes", SHORTEST, LONGEST),
        in_hand=reader.whole(data, (), "in_hand", 0, LONGEST, 0),
        issues=reader.whole(data, (), "issues", 0, 2, 0),
        steps=steps,
        advice=reader.flag(data, (), "advice"),
        coach=reader.flag(data, (), "coach"),
    )
    return protocol, reader.faults


def _step(reader: Reader, data: Table, where: Where) -> Step:
    reader.known(data, where, "step")
    kind = reader.one_of(data, where, "kind", KINDS)
    stages = tuple(
        _stage(reader, each, (*where, "stages", i))
        for i, each in enumerate(reader.tables(data, where, "stages"))
    )
    minutes = sum(stage.minutes for stage in stages)
    if kind != "round" or "minutes" in data:
        minutes = reader.whole(data, where, "minutes", 1, LONGEST)
    return Step(
        key=reader.key(data, where),
        kind=kind,
        title=reader.words(data, where, "title", MOST_TITLE),
        minutes=minutes,
        speaks="presenter" if kind == "round" else reader.one_of(data, where, "speaks", SPEAKERS),
        guidance=reader.guidance(data, where),
        writes=reader.some_of(data, where, "writes", WRITES),
        stages=stages,
        between_issues=reader.flag(data, where, "between_issues"),
        fixed=reader.flag(data, where, "fixed"),
    )


def _stage(reader: Reader, data: Table, where: Where) -> Stage:
    reader.known(data, where, "stage")
    return Stage(
        key=reader.key(data, where),
        title=reader.words(data, where, "title", MOST_TITLE),
        minutes=reader.whole(data, where, "minutes", 1, LONGEST),
        speaks=reader.one_of(data, where, "speaks", SPEAKERS),
        guidance=reader.guidance(data, where),
        writes=reader.some_of(data, where, "writes", WRITES),
        number=reader.whole(data, where, "number", 0, 3, 0),
        optional=reader.flag(data, where, "optional"),
    )
