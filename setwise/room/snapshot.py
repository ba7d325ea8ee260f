"""A room, loaded once for everybody in it: frozen facts, in a number of queries that never grows."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Self
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
    at: datetime  # when it was said: of a question written in silence, when it was opened
    handed: bool = False  # for the presenter alone


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
    at: datetime
    told: tuple[tuple[str, str, str], ...] = ()  # state, what happened, what I learned


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A note-taker's draft of somebody's words; `owners` may confirm it, `typist` only drop it."""

    id: UUID
    kind: str  # as setwise.room.confirming names it
    what: str
    text: str
    owner_name: str
    owners: tuple[UUID | None, ...]
    typist: UUID | None


@dataclass(frozen=True, slots=True)
class RulesNow:
    """The ground rules on the table, or in force, as a meeting that agrees rules sees them."""

    number: int
    state: str
    clauses: tuple[tuple[str, str], ...]
    yes: tuple[UUID, ...]
    no: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class NotYet:
    """What would let somebody live with the ground rules; it opens the meeting."""

    name: str
    words: str
    version: int
    at: datetime


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
    present: bool
    has_bid: bool
    has_checked_out: bool
    joined_at: datetime
    last_presented_on: date | None
    # when their stream was last seen; compared with nothing, since it differs at every look
    seen_at: datetime | None = field(default=None, compare=False)
    hand_at: datetime | None = None  # since when their hand is up
    facilitates_until: datetime | None = None

    def at(self, moment: datetime) -> Here | None:
        """This person at a moment: an agreed graduation may have come since the people were read."""
        if self.facilitates_until is None or self.facilitates_until > moment:
            return self
        return replace(self, is_facilitator=False) if self.is_member else None


@dataclass(frozen=True, slots=True)
class RoundNow:
    """The round under way, with all that is written in it."""

    id: UUID
    number: int
    presenter: UUID
    shared_with: UUID | None
    presenter_name: str  # of both, where two share the issue
    statement: str
    presentation: str
    feedback: str
    silent: bool
    options_invited: bool
    decide_by: date | None
    started_at: datetime | None
    attended: frozenset[UUID]
    notes: tuple[Note, ...]
    decided: tuple[Decided, ...]
    problems: tuple[Note, ...] = ()
    problems_written: int = 0
    problems_open: bool = False  # until then each is its author's alone
    waiting: int = 0  # questions written in silence that the presenter has not opened yet
    opens_next: UUID | None = None  # the first of them, for the presenter
    withheld: bool = False  # something was written before this reader came

    @property
    def presenters(self) -> tuple[UUID, ...]:
        """Whose round it is: one person, or the two who share the issue."""
        return tuple(filter(None, (self.presenter, self.shared_with)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is written in a room, opened: everybody's, to be narrowed before a reader sees any."""

    presenters: tuple[tuple[int, UUID, str], ...]  # a round, its presenter, the names of all of it
    sharing: tuple[tuple[int, UUID], ...]  # a round, who shares its issue with the presenter
    round: RoundNow | None
    bids: tuple[Note, ...]
    shown: tuple[Decided, ...]
    unconfirmed: tuple[Unconfirmed, ...]
    rules: RulesNow | None
    objections: tuple[NotYet, ...]
    helped: str
    change: str
    rule_to_discuss: str
    one_change: str
    one_change_at: datetime | None
    equal_air_time: bool  # by the rules: whoever waited longest is asked first


WORDS = tuple(each.name for each in fields(Words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(Words):
    room: UUID
    meeting: UUID
    learning_set: UUID
    version: int
    chair: UUID | None
    chair_name: str
    chair_gone: bool  # has left, or is long out of sight
    chair_before: UUID | None  # who held the controls until then
    chair_how: str
    day_chair: UUID | None  # who is to chair today, where nobody facilitates
    news: str  # who holds the controls now, while that is new
    recording: bool
    remote: bool  # whether some may not sit in one room
    closed_itself: bool
    own_protocols: tuple[tuple[str, str], ...]  # the set's, each a key and a label
    course: Course
    where: Where
    agenda: tuple[tuple[Stop, str, str], ...]  # stop, past/now/ahead, presenter's name
    people: tuple[Here, ...]

    @property
    def never_used(self) -> bool:
        """Whether it closed itself and nobody had touched its clock: it can still be written down."""
        return self.closed_itself and not self.recording and self.course.untouched

    def saying(self, words: Words) -> Self:
        """The same room with other words in it."""
        return replace(self, **{name: getattr(words, name) for name in WORDS})

    def person(self, person_id: UUID) -> Here | None:
        number = person_id.int  # asked often: numbers are compared much faster than ids
        return next((each for each in self.people if each.id.int == number), None)
