"""The form of a record's editing page: a field for each part, as it was shown and as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

from setwise.room.editing import ChangedMeanwhile, Edit
from setwise.room.models import Round
from setwise.room.parts import Part, mark, parts
from setwise.room.refusing import Refusal
from setwise.vault.sealing import keys_at_hand


@dataclass
class Field:
    part: Part
    value: str
    seen: str
    out: bool = False
    error: str = ""
    theirs: str | None = None  # what it reads now, where it was changed elsewhere

    @property
    def rows(self) -> int:
        return 2 if self.part.most <= 500 or not self.part.may_be_empty else 5


@dataclass
class RecordForm:
    """`lost` are words typed for parts that were taken out elsewhere: shown, so that none is lost."""

    row: Round
    data: QueryDict | None = None
    fields: list[Field] = field(init=False)
    lost: list[str] = field(default_factory=list)
    clashed: bool = False
    version: str = ""

    def __post_init__(self) -> None:
        sent = self.data.get("version") if self.data else None
        self.version = sent or str(self.row.record_version)
        self._read(self.row)

    def _read(self, row: Round) -> None:
        with keys_at_hand([row.key_id]):
            here = parts(row)
        self.fields = [self._field(part) for part in here]

    def _field(self, part: Part) -> Field:
        if self.data is None:
            return Field(part, part.text, part.seen)
        return Field(
            part,
            value=self.data.get(part.name, part.text),
            seen=self.data.get(f"seen-{part.name}", part.seen),
            out=f"out-{part.name}" in self.data,
        )

    @property
    def edit(self) -> Edit:
        """What was sent, for parts that a page showed: also for one that is gone by now."""
        data = self.data or QueryDict()
        names = [key.removeprefix("seen-") for key in data if key.startswith("seen-")]
        return Edit(
            words={name: data.get(name, "") for name in names},
            seen={name: data.get(f"seen-{name}", "") for name in names},
            out=frozenset(name for name in names if f"out-{name}" in data),
            leaving_a_mark="mark" in data,
        )

    @property
    def going(self) -> list[Field]:
        return [each for each in self.fields if each.out]

    @property
    def refused(self) -> bool:
        return self.clashed or any(each.error for each in self.fields)

    def refuse(self, refusal: Refusal) -> None:
        for each in self.fields:
            if each.part.name == refusal.field:
                each.error = refusal.sentence

    def clash(self, row: Round, clash: ChangedMeanwhile) -> None:
        """Show the words of both, and what is there now as seen: to save again is then meant."""
        self.clashed = True
        self._read(row)
        for each in self.fields:
            if each.part.name in clash.now:
                each.theirs, each.out = each.part.text, False
            elif mark(each.part.name, each.value) == each.seen:
                each.value = each.part.text
            each.seen = each.part.seen
        for name, now in clash.now.items():
            if now is None and self.data:
                self.lost.append(self.data.get(name, ""))
