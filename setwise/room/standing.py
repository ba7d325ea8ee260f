"""What one person may read and do in a snapshot. Pure: no query, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self, TypeVar
from uuid import UUID

from setwise.protocols.engine import Hand
from setwise.room.snapshot import Here, Note, RoundNow, Snapshot, Words

W = TypeVar("W", bound=Words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How somebody takes part in a room, and not who: the same for all who do alike.

    What is made of this alone is made once for all of them.
    """

    controls: bool = False
    presents: bool = False
    facilitates: bool = False
    is_member: bool = False
    status: str = "absent"
    has_bid: bool = False
    has_checked_out: bool = False

    @property
    def entered(self) -> bool:
        return self.status == "entered"

    @property
    def hand(self) -> Hand:
        return Hand(
            controls=self.controls and self.entered,
            presenter=self.presents,
            facilitator=self.facilitates and self.entered,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Part):
    """One person in a room; whoever has no seat belongs no more, and reads nothing."""

    person: UUID
    belongs: bool

    @property
    def part(self) -> Part:
        return Part(
            controls=self.controls,
            presents=self.presents,
            facilitates=self.facilitates,
            is_member=self.is_member,
            status=self.status,
            has_bid=self.has_bid,
            has_checked_out=self.has_checked_out,
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """All of where a meeting is that decides who reads what."""

    hushed: bool
    kind: str
    stage: str | None
    recording: bool

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        stop = snapshot.course.stop
        return cls(hushed(snapshot), stop.kind, stop.stage, snapshot.recording)


def standing(snapshot: Snapshot, person: UUID) -> Standing:
    """The person's standing in the room."""
    here = snapshot.person(person)
    current = snapshot.round
    if here is None:
        return Standing(person=person, belongs=False)
    return Standing(
        person=person,
        belongs=True,
        controls=snapshot.chair == person and here.status == "entered",
        presents=current is not None and person in current.presenters,
        facilitates=here.is_facilitator,
        is_member=here.is_member,
        status=here.status,
        has_bid=here.has_bid,
        has_checked_out=here.has_checked_out,
    )


def visible(snapshot: Snapshot, who: Standing) -> Snapshot:
    """The snapshot as this person may read it: the rest of its words are gone from it."""
    here = snapshot.person(who.person)
    return snapshot.saying(readable(snapshot, here, who, Scene.of(snapshot)))


def readable(words: Words, here: Here | None, who: Standing, scene: Scene) -> Words:
    """What of these words this person may read, made of nothing but what is given here.

    A stream keeps it for as long as these are the same. So nothing else may decide who reads what.
    """
    if not who.entered or scene.hushed:
        return _silent(words, entered=who.entered)
    return Words(
        presenters=words.presenters,
        sharing=words.sharing,
        round=_round_for(words.round, here, who, scene) if words.round else None,
        bids=tuple(
            bid
            for bid in words.bids
            if ((scene.kind == "bidding" or scene.recording) and _draft_for(bid, who))
            or bid.author == who.person
        ),
        shown=words.shown if scene.kind in ("check-in", "progress") else (),
        unconfirmed=tuple(
            each for each in words.unconfirmed if who.person in (*each.owners, each.typist)
        ),
        rules=words.rules,
        objections=tuple(each for each in words.objections if _was_in_the_set(here, each.at)),
        helped=words.helped,
        change=words.change,
        rule_to_discuss=words.rule_to_discuss,
        one_change=words.one_change if _was_in_the_set(here, words.one_change_at) else "",
        one_change_at=words.one_change_at,
        equal_air_time=words.equal_air_time,
    )


def in_common(words: W, scene: Scene) -> W:
    """These words without what is one reader's own: their bid, and what waits for their yes."""
    bids = words.bids if scene.recording or scene.kind == "bidding" else ()
    return replace(words, bids=bids, unconfirmed=())


def _silent(words: Words, *, entered: bool) -> Words:
    """The facts beside the words, and the words gone."""
    return Words(
        presenters=words.presenters,
        sharing=words.sharing,
        round=_hushed(words.round) if words.round else None,
        bids=(),
        shown=(),
        unconfirmed=(),
        rules=words.rules if entered else None,
        objections=(),
        helped="",
        change="",
        rule_to_discuss="",
        one_change="",
        one_change_at=words.one_change_at,
        equal_air_time=words.equal_air_time,
    )


def hushed(snapshot: Snapshot) -> bool:
    """Whether the words are off everybody's screens: in a pause, in a break, and at the end.

    A pause for learning hides nothing: nobody asked for shelter, and the set goes on where it was.
    """
    course = snapshot.course
    paused = course.paused_at and not course.asking
    return bool(paused or course.closed_at or course.stop.kind == "break")


def _was_in_the_set(here: Here | None, at: datetime | None) -> bool:
    """Whoever joins later cannot read what was said before."""
    return here is not None and at is not None and here.joined_at <= at


def _hushed(current: RoundNow) -> RoundNow:
    return replace(
        current,
        statement="",
        presentation="",
        feedback="",
        notes=(),
        problems=(),
        decided=(),
        waiting=0,
        opens_next=None,
    )


def _round_for(current: RoundNow, here: Here | None, who: Standing, scene: Scene) -> RoundNow:
    """The round for one reader: a latecomer reads what comes after them, until they are let."""
    late = not (who.presents or scene.recording or who.person in current.attended)
    came = here.entered_at if here and late else None
    notes = tuple(
        note for note in current.notes if _may_read(note, who) and (came is None or note.at >= came)
    )
    decided = tuple(
        each
        for each in current.decided
        if (not each.draft or who.person in (each.owner, each.typist))
        and (came is None or each.at >= came)
    )
    problems = tuple(
        each
        for each in current.problems
        if current.problems_open and (came is None or each.at >= came)
    )
    current = replace(current, problems=problems)
    current = replace(current, opens_next=current.opens_next if who.presents else None)
    if not late:
        return replace(current, notes=notes, decided=decided)
    hears = scene.stage == "feedback"
    return replace(
        current,
        statement="",
        presentation="",
        feedback=current.feedback if hears else "",
        decide_by=None,
        notes=notes,
        decided=decided,
        withheld=True,
    )


def _may_read(note: Note, who: Standing) -> bool:
    if note.handed:
        return who.presents or who.person == note.author
    if not note.opened:  # written in silence: not even the presenter reads it yet
        return who.person in (note.author, note.typist)
    return who.presents or _draft_for(note, who)


def _draft_for(note: Note, who: Standing) -> bool:
    return not note.draft or who.person in (note.author, note.typist)
