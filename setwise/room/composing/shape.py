from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from setwise.room.refusing import Refusal

Kind = Literal["lines", "day", "select", "radio", "check", "hidden"]
Choices = tuple[tuple[str, str], ...]

APART = frozenset(
    {"for_", "decide_by", "carried"}
)  # fields that tell two forms at one address apart


@dataclass(frozen=True, slots=True)
class Field:
    """One control. `most` is the most characters it takes; a `day` and a `check` take none."""

    name: str
    label: str = ""
    kind: Kind = "lines"
    value: str = ""
    aside: str = ""  # beside the label, quietly
    rows: int = 2
    most: int = 2000
    choices: Choices = ()


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    name: str = ""
    value: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class RefusedForm:
    """A plain form that was refused: shown again with its sentence, what was typed kept."""

    path: str
    refusal: Refusal
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """What was prepared for one field, `name`; '' for what is only shown. `value` goes into it."""

    name: str
    label: str
    value: str
    shown: str


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What the writer prepared for a form: shown to them alone, and put there with one press.

    `url` is the page with it filled in, for a browser without JavaScript.
    """

    url: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Composer:
    """One form to write in. `key` names it in the page; its draft is kept as `draft`."""

    name: str  # as `writable.open_composers` lists it
    key: str
    action: str
    label: str
    draft: str
    fields: tuple[Field, ...]
    buttons: tuple[Button, ...]
    intro: str = ""
    stays: bool = False  # what is sent stays in the form, to be changed again
    unfolded: bool = False
    problem: str = ""
    wrong: str = ""
    hand: str = ""  # where its words go, if they were not sent in time and their author says so,
    hand_to: str = ""  # and to whom
    also: tuple[Composer, ...] = field(default=())  # another way, in the same fold
    beforehand: Beforehand | None = None
    coach: str = (
        ""  # where the question coach is asked about what is being written, '' for no coach
    )

    @property
    def folds(self) -> bool:
        """Whether it folds once it is sent: there is no more to say than one thing."""
        return (self.stays and self.name != "progress") or self.name == "rules"

    def after(self, refused: RefusedForm | None) -> Composer:
        """This composer, filled in again if it is the form that was refused."""
        also = tuple(each.after(refused) for each in self.also)
        if refused is None or refused.path != self.action or not self._sent(refused):
            return replace(self, also=also, unfolded=self.unfolded or any(a.problem for a in also))
        fields = tuple(replace(each, value=_again(each, refused)) for each in self.fields)
        refusal = refused.refusal
        return replace(
            self,
            fields=fields,
            also=also,
            unfolded=True,
            problem=refusal.sentence,
            wrong=refusal.field,
        )

    def _sent(self, refused: RefusedForm) -> bool:
        """Whether the refused form was this one, and no other form at the same address."""
        return {each.name for each in self.fields} & APART == refused.typed.keys() & APART


def _again(each: Field, refused: RefusedForm) -> str:
    if each.name in refused.refusal.fresh:
        return refused.refusal.fresh[each.name]
    return refused.typed.get(each.name, "")
