"""The demo's people by their case's KEY, and the host name that gives each a window of their own.

The data folder's file `demo` says that its people are made up, which case made them, and who is who.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from setwise.people.models import Person

LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Made:
    """What made a demo: `digest` of its case, whether it was played, and the ids of people by key.

    `hosts` are the host labels by address, as the last start printed them.
    """

    digest: str = ""
    played: bool = False
    people: Mapping[str, str] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Path, *, played: bool, people: Mapping[str, Person]) -> Self:
        return cls(digest(case), played, {key: str(person.id) for key, person in people.items()})

    def is_other(self, case: Path | None, *, played: bool) -> bool:
        """Whether another case was asked for than the one that is here, or one that is played."""
        if not self.digest:
            return False
        return (case is not None and digest(case) != self.digest) or (played and not self.played)

    def write(self, path: Path) -> None:
        known = {
            "case": self.digest,
            "played": self.played,
            "people": dict(self.people),
            "hosts": dict(self.hosts),
        }
        path.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """What the file says; nothing where it is of an earlier kind, or was changed by hand."""
        try:
            known = json.loads(path.read_text("utf-8"))
            people = {str(key): str(one) for key, one in known["people"].items()}
            return cls(str(known["case"]), bool(known["played"]), people)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls()


def digest(case: Path) -> str:
    """A digest of the case's file; '' for a file that cannot be read, which is no case of ours."""
    if not case.is_file():
        return ""
    return hashlib.sha256(case.read_bytes()).hexdigest()


def hosts(people: Iterable[Person], made: Made) -> list[tuple[str, Person]]:
    """Each person's host label, by the key their case gave them; else by their address."""
    here = list(people)
    keys = {one: key for key, one in made.people.items()}
    names = [keys.get(str(person.id), person.email.partition("@")[0]) for person in here]
    return list(zip(labels(names), here, strict=True))


def labels(names: Iterable[str]) -> list[str]:
    """A host label for each name, no two alike. A name that is one already keeps it.

    Others lose their accents and capitals, and what no host name holds becomes a hyphen; where
    nothing is left, as of a name in Arabic, it is `person`. A number tells equal ones apart.
    """
    wanted = list(names)
    taken = {name for name in wanted if _is_label(name)}
    kept: set[str] = set()
    found = []
    for name in wanted:
        label = name
        if label not in taken or label in kept:
            label = _free(_spelled(name), taken)
            taken.add(label)
        kept.add(label)
        found.append(label)
    return found


def _is_label(name: str) -> bool:
    return LABEL.fullmatch(name) is not None and not name.startswith("xn--")


def _spelled(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    label = re.sub(r"[^a-z0-9]+", "-", plain)[:50].strip("-")
    return label if _is_label(label) else "person"


def _free(label: str, taken: set[str]) -> str:
    numbered = (f"{label}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (label, *numbered) if each not in taken)
