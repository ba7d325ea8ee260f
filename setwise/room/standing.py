"""What one person may read and do in a snapshot. Pure: no query, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from setwise.protocols.engine import Hand
from setwise.protocols.reading import may_write, offers_freely, part, turn
from setwise.protocols.shape import OF_ROUND
from setwise.room.snapshot import Here, Note, RoundNow, Snapshot

WRITABLE = (
    *("progress", "bid", "statement", "presentation", "question", "option"),
    *("action", "feedback", "problem", "review", "learning"),
)
PRESENTERS_OWN = frozenset({"statement", "presentation", "feedback", "action"})
FOR_OTHERS = frozenset(WRITABLE) - {"review", "problem"}


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
        return Hand(
            controls=self.controls and self.entered,
            presenter=self.presents,
            facilitator=self.facilitates and self.entered,
        )


def standing(snapshot: Snapshot, person: UUID) -> Standing:
    """The person's standing; somebody without a seat belongs no more, and reads nothing."""
    here = snapshot.person(person)
    current = snapshot.round
    return Standing(
        person=person,
        belongs=here is not None,
        controls=here is not None and snapshot.chair == person and here.status == "entered",
        presents=here is not None and current is not None and person in current.presenters,
        facilitates=here is not None and here.is_facilitator,
        status=here.status if here else "absent",
    )


def visible(snapshot: Snapshot, who: Standing) -> Snapshot:
    """The snapshot as this person may read it: the rest of its words are gone from it."""
    here = snapshot.person(who.person)
    if not who.entered or hushed(snapshot):
        return replace(
            snapshot,
            round=_hushed(snapshot.round) if snapshot.round else None,
            bids=(),
            shown=(),
            unconfirmed=(),
            rules=snapshot.rules if who.entered else None,
            objections=(),
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
        unconfirmed=tuple(
            each for each in snapshot.unconfirmed if who.person in (*each.owners, each.typist)
        ),
        objections=tuple(each for each in snapshot.objections if _was_in_the_set(here, each.at)),
        one_change=snapshot.one_change if _was_in_the_set(here, snapshot.one_change_at) else "",
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


def _round_for(snapshot: Snapshot, current: RoundNow, who: Standing) -> RoundNow:
    """The round for one reader: a latecomer reads what comes after them, until they are let."""
    late = not (who.presents or snapshot.recording or who.person in current.attended)
    here = snapshot.person(who.person)
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
    hears = snapshot.course.stop.stage == "feedback"
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


def open_composers(snapshot: Snapshot, who: Standing) -> list[str]:
    """Which composers this person may write in now; `for-…` are a note-taker's, for somebody else."""
    if not who.entered:
        return []
    found = ["rules"] if snapshot.rules and snapshot.rules.state == "proposed" else []
    if not snapshot.course.closed_at:
        found += ["process"] if who.controls or who.facilitates else []
        found += ["guide"] if who.facilitates else []
    for what in WRITABLE:
        if what in OF_ROUND and snapshot.round is None:
            continue
        if may_write(snapshot.course, what, recording=snapshot.recording):
            if _is_own(snapshot, what, who):
                found.append(what)
            if what in FOR_OTHERS:
                found.append(f"for-{what}")
    return found


def _is_own(snapshot: Snapshot, what: str, who: Standing) -> bool:
    current = snapshot.round
    if what == "option" and current:
        invited = current.options_invited or snapshot.recording
        deciding = "action" in part(snapshot.course).writes and not snapshot.recording
        return _speaks_or_asks(snapshot, who) and (
            who.presents or (invited and not deciding) or offers_freely(snapshot.course)
        )
    if what == "bid":
        me = snapshot.person(who.person)
        return me is not None and me.is_member  # nobody else can be chosen
    if what == "question":
        return _speaks_or_asks(snapshot, who)
    if what == "problem" and current:
        return not (current.problems_open or snapshot.recording)
    return who.presents or what not in PRESENTERS_OWN


def _speaks_or_asks(snapshot: Snapshot, who: Standing) -> bool:
    """Not the presenter, where the protocol keeps them silent: no box then waits for them."""
    return snapshot.recording or not who.presents or turn(snapshot.course) != "others"
