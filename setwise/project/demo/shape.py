"""The shape of a case: which tables it may have, and what may stand in each.

Other keys are left alone: a case may say more than this version of Setwise knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from setwise.actions.deciding import LONGEST
from setwise.project.demo import rules as r
from setwise.protocols.shipped import KEYS, shipped
from setwise.sets.models import Clause, Settings

MOST_ROUNDS = 2  # product.md: a meeting has one or two issues
DAYS = r.whole(-3650, 3650)
ENDS = ("", "done", "going", "changed", "let go")
MARKS = ("", "answered", "kept", "set aside")


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of a table's keys, those it cannot do without, and the tables inside it."""

    rules: Mapping[str, r.Rule]
    needed: tuple[str, ...] = ()
    inside: Mapping[str, Table] = field(default_factory=dict)
    many: bool = True

    def wrong(self, value: Any, place: str) -> Iterator[str]:
        """What is wrong here and inside, each with its place."""
        if not isinstance(value, list if self.many else dict):
            yield f"{place} is not {'a list of tables' if self.many else 'a table'}"
            return
        for number, row in enumerate(value if self.many else [value], 1):
            here = f"{place} {number}" if self.many else place
            yield from self._wrong_row(row, here)

    def _wrong_row(self, row: Any, here: str) -> Iterator[str]:
        if not isinstance(row, dict):
            yield f"{here} is not a table"
            return
        yield from (f"{here}: {key} is missing" for key in self.needed if key not in row)
        for key, rule in self.rules.items():
            if key in row and (what := rule(row[key])):
                yield f"{here}: {key} {what}"
        for key, table in self.inside.items():
            if key in row:
                yield from table.wrong(row[key], f"{here}, {key}")


def tables(keys: Collection[str]) -> dict[str, Table]:
    """Every table of a case whose people have these keys, by the name it has there."""
    who = r.someone(keys)
    rule = {"subject": r.one_of(SUBJECTS), "text": _words(1000)}
    bid = {"who": who, "issue": r.text(500), "why_now": r.text(500)}
    leaving = {
        "who": who,
        "learning": r.text(5000),
        "action": r.text(LONGEST),
        "due_days": DAYS,
    }
    return {
        "set": Table({"name": _words(120), "purpose": r.text(2000)}, ("name",), many=False),
        "people": Table(PERSON, ("key", "name", "email")),
        "ground_rules": Table(rule, ("subject", "text")),
        "rules": Table(_settings(), many=False),
        "meeting": _meeting(who),
        "last_actions": Table(PROGRESS | {"who": who}, ("who", "text")),
        "bids": Table(bid, ("who",)),
        "rounds": _rounds(who),
        "review": Table(REVIEW, many=False),
        "check_out": Table(leaving, ("who",)),
    }


def _words(most: int) -> r.Rule:
    return r.text(most, blank=False)


SUBJECTS = tuple(subject for subject, _ in Clause.SUBJECTS)
PERSON: Mapping[str, r.Rule] = {
    "key": _words(100),
    "name": _words(200),
    "email": r.address,
    "seat": r.one_of(("member", "facilitator")),
    "role": r.text(200),
    "zone": r.zone,
    "strengths": r.several(r.text(200)),
    "growing": r.several(r.text(200)),
}
PROGRESS: dict[str, r.Rule] = {
    "text": _words(LONGEST),
    "due_days": DAYS,
    "outcome": r.one_of(ENDS),
    "progress": r.text(5000),
    "learned": r.text(5000),
}
REVIEW: Mapping[str, r.Rule] = {
    "helped": r.text(2000),
    "rule_to_discuss": r.one_of(("", *SUBJECTS)),
    "change": r.text(2000),
}
ROUND: dict[str, r.Rule] = {
    "first_statement": r.text(500),
    "statement": r.text(500),
    "presentation": r.text(5000),
}
ACTION: dict[str, r.Rule] = {
    "text": _words(LONGEST),
    "due_days": DAYS,
    "first_step": r.text(LONGEST),
    "sign": r.text(LONGEST),
    "confidence": r.whole(1, 10),
}


def _settings() -> dict[str, r.Rule]:
    """The binding settings, as the ground rules' own columns take them."""
    found: dict[str, r.Rule] = {each.name: r.column(each) for each in Settings._meta.fields}
    return found | {"protocol": r.one_of(KEYS), "steward_sees_names": r.flag}


def _meeting(who: r.Rule) -> Table:
    return Table(
        {
            "title": r.text(120),
            "place": r.text(200),
            "link": r.link,
            "local_start": r.moment,
            "zone": r.zone,
            "present": r.several(who),
            "apologies": r.several(who),
        },
        ("zone",),
        many=False,
    )


def _rounds(who: r.Rule) -> Table:
    question = {
        "who": who,
        "stage": r.one_of(question_stages()),
        "text": _words(2000),
        "outcome": r.one_of(MARKS),
    }
    inside = {
        "questions": Table(question, ("who", "stage", "text")),
        "options": Table({"who": who, "text": _words(2000)}, ("who", "text")),
        "actions": Table(ACTION | {"ally": who}, ("text",)),
        "feedback": Table({"text": r.text(5000)}, many=False),
    }
    return Table(ROUND | {"presenter": who}, ("presenter",), inside)


def question_stages() -> list[str]:
    """The stages in which some protocol of ours lets a question be written down."""
    stages = {
        stage.key
        for protocol in shipped()
        for step in protocol.steps
        for stage in step.stages
        if "question" in stage.writes
    }
    return sorted(stages)
