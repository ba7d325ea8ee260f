"""A room, loaded once for everybody in it: frozen facts, in a number of queries that never grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from setwise.protocols.agenda import Stop
from setwise.protocols.course import Course
from setwise.protocols.reading import Where


@dataclass(frozen=True, slots=True)
class Note:
    """A question, an option or a bid as written. `owner` is whose words they are to confirm."""

    id: UUID
    kind: str
    text: str
    more: str
    author: UUID | None
    author_name: str
    typist: UUID | None
    draft: bool
    opened: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    id: UUID
    owner: UUID
    owner_name: str
    text: str
    due_on: date | None
    draft: bool
    typist: UUID | None
    state: str
    told: tuple[tuple[str, str, str], ...] = ()  # state, what happened, what I learned


@dataclass(frozen=True, slots=True)
class Here:
    """One person of the set, as the others see them in this room."""

    id: UUID
    name: str
    role: str
    is_member: bool
    is_facilitator: bool
    status: str  # absent, apologies, waiting, admitted, entered, left
    entered_at: datetime | None
    sees_earlier: bool
    present: bool
    has_bid: bool
    has_checked_out: bool


@dataclass(frozen=True, slots=True)
class RoundNow:
    """The round under way, with all that is written in it."""

    id: UUID
    number: int
    presenter: UUID
    presenter_name: str
    statement: str
    presentation: str
    feedback: str
    silent: bool
    options_invited: bool
    decide_by: date | None
    started_at: datetime | None
    notes: tuple[Note, ...]
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    room: UUID
    meeting: UUID
    learning_set: UUID
    version: int
    chair: UUID | None
    chair_name: str
    recording: bool
    course: Course
    where: Where
    agenda: tuple[tuple[Stop, str, str], ...]  # stop, past/now/ahead, presenter's name
    people: tuple[Here, ...]
    presenters: tuple[tuple[int, UUID, str], ...]
    round: RoundNow | None
    bids: tuple[Note, ...]
    shown: tuple[Decided, ...]
    helped: str
    change: str
    rule_to_discuss: str
    one_change: str

    def person(self, person_id: UUID) -> Here | None:
        return next((each for each in self.people if each.id == person_id), None)
