"""What one person may read and do in a snapshot. Pure: no query, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from setwise.protocols.engine import Hand
from setwise.protocols.reading import may_write
from setwise.room.snapshot import Note, RoundNow, Snapshot

COMPOSERS = (
    ("progress", "progress"),
    ("bid", "bid"),
    ("statement", "statement"),
    ("presentation", "presentation"),
    ("question", "question"),
    ("option", "option"),
    ("action", "action"),
    ("feedback", "feedback"),
    ("review", "review"),
    ("learning", "learning"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    person: UUID
    belongs: bool
    controls: bool
    presents: bool
    facilitates: bool
    status: str

    @property
    def entered(self) -> bool:
        return self.status == "entered"

    @property
    def hand(self) -> Hand:
        return Hand(controls=self.controls and self.entered, presenter=self.presents)


def standing(snapshot: Snapshot, person: UUID) -> Standing:
    """The person's standing; somebody without a seat belongs no more, and reads nothing."""
    here = snapshot.person(person)
    current = snapshot.round
    return Standing(
        person=person,
        belongs=here is not None,
        controls=here is not None and snapshot.chair == person,
        presents=here is not None and current is not None and current.presenter == person,
        facilitates=here is not None and here.is_facilitator,
        status=here.status if here else "absent",
    )


def visible(snapshot: Snapshot, who: Standing) -> Snapshot:
    """The snapshot as this person may read it: the rest of its words are gone from it."""
    silent = snapshot.course.paused_at or snapshot.course.closed_at
    if not who.entered or silent:
        return replace(
            snapshot,
            round=_hushed(snapshot.round) if snapshot.round else None,
            bids=(),
            shown=(),
            helped="",
            change="",
            rule_to_discuss="",
            one_change="",
        )
    in_bidding = snapshot.course.stop.kind == "bidding" or snapshot.recording
    return replace(
        snapshot,
        round=_round_for(snapshot, snapshot.round, who) if snapshot.round else None,
        bids=tuple(
            bid
            for bid in snapshot.bids
            if (in_bidding and _draft_for(bid, who)) or bid.author == who.person
        ),
        shown=snapshot.shown if snapshot.course.stop.kind in ("check-in", "progress") else (),
    )


def _hushed(current: RoundNow) -> RoundNow:
    return replace(current, statement="", presentation="", feedback="", notes=(), decided=())


def _round_for(snapshot: Snapshot, current: RoundNow, who: Standing) -> RoundNow:
    here = snapshot.person(who.person)
    came = here.entered_at if here and not here.sees_earlier else None
    late = bool(
        came and current.started_at and came > current.started_at and not snapshot.recording
    )
    notes = tuple(
        note
        for note in current.notes
        if _may_read(note, who) and (who.presents or not (late and came and note.at < came))
    )
    decided = tuple(
        each
        for each in current.decided
        if not each.draft or who.person in (each.owner, each.typist)
    )
    if late and not who.presents:
        return replace(current, statement="", presentation="", notes=notes, decided=decided)
    return replace(current, notes=notes, decided=decided)


def _may_read(note: Note, who: Standing) -> bool:
    if not note.opened:
        return who.presents or who.person in (note.author, note.typist)
    return who.presents or _draft_for(note, who)


def _draft_for(note: Note, who: Standing) -> bool:
    return not note.draft or who.person in (note.author, note.typist)


def open_composers(snapshot: Snapshot, who: Standing) -> list[str]:
    """Which composers this person may write in now."""
    if not who.entered:
        return []
    current, recording = snapshot.round, snapshot.recording
    found = []
    for name, what in COMPOSERS:
        of_round = name in ("statement", "presentation", "question", "option", "feedback", "action")
        if of_round and current is None:
            continue
        if not may_write(snapshot.course, what, presenter=True, recording=recording):
            continue
        uninvited = current and not (who.presents or current.options_invited or who.controls)
        if name == "option" and uninvited and not recording:
            continue
        found.append(name)
    return found
