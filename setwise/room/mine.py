"""What is asked of one person, and what they may press: made of the snapshot, without a query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from setwise.protocols import reading
from setwise.protocols.prompting import learning_questions
from setwise.protocols.sharing import may_share
from setwise.protocols.shipped import FIRST, shipped
from setwise.room import choosing, keeping_time, offering
from setwise.room.drawing import to
from setwise.room.screen import NOBODY_YET, in_silence, written_until
from setwise.room.snapshot import Here, Note, RoundNow, Snapshot
from setwise.room.standing import Part, Standing

Given = dict[str, Any]
AWAY = ("absent", "apologies", "left")


def given(seen: Snapshot, who: Standing) -> Given:
    """What the region *mine* is rendered from, for one reader of what they may see."""
    return shared(seen, who) | personal(seen, who)


def shared(seen: Snapshot, who: Part) -> Given:
    """As much of it as is the same for all who may see this and take part alike."""
    found: Given = {
        "status": who.status,
        "meeting": seen.meeting,
        "chair_name": seen.chair_name,
        "closed": seen.where.closed,
        "reopens": who.controls and seen.never_used,
        "paused": seen.where.paused,
        "stop": seen.course.stop,
        "asked": _asked(seen, who),
        "controls": who.controls,
        "presents": who.presents,
        "prompt": _prompt(seen, who),
        "learning": bool(seen.course.asking),
        "steps_in": not who.controls and reading.steps_in(seen.course, hand=who.hand),
    }
    if who.controls or who.presents:
        found |= {
            "recording": seen.recording,
            "moves": seen.course.moves,
            "round": seen.round,
            "writes": reading.part(seen.course).writes,
            "asks": reading.asks(seen.course),
            "invites": not reading.offers_freely(seen.course),
            "may_share": may_share(seen.course),
        }
    if who.controls:
        found |= _controls(seen)
    if who.presents:
        notes = seen.round.notes if seen.round else ()
        found |= {
            "late": _late(seen),
            "wordings": _wordings(seen),
            "handed": tuple(note for note in notes if note.handed),
            "options": _still_to_take(seen.round) if seen.round else (),
        }
    return found


def _still_to_take(round_: RoundNow) -> tuple[Note, ...]:
    """The options that a presenter may take with one press: none twice, unless the other of two has
    not taken it yet."""
    taken = {(each.owner, each.text) for each in round_.decided}
    options = (note for note in round_.notes if note.kind == "option" and not note.draft)
    return tuple(
        note
        for note in options
        if any((presenter, note.text) not in taken for presenter in round_.presenters)
    )


def personal(seen: Snapshot, who: Standing) -> Given:
    """The rest: what names this person, or is theirs."""
    found = {**offering.held(seen, who), **_hand(seen, who), **_written(seen, who)}
    if who.controls:
        here = (p for p in seen.people if p.status == "entered")
        found |= offering.givable(seen, who)
        found["others"] = tuple(p for p in here if p.id != who.person)
    return found


def _asked(seen: Snapshot, who: Part) -> str:
    if seen.recording and not seen.where.closed:
        return "Write down what you remember. Nothing here has a clock."
    if _nobody_yet(seen) and not seen.where.paused and not seen.where.closed:
        return NOBODY_YET
    if seen.round and in_silence(seen):
        if who.presents:
            return "Everyone writes. Open the questions one by one: as many as you like, or none."
        return written_until(seen.round.presenter_name)
    return reading.asked(seen.course, hand=who.hand)


def _prompt(seen: Snapshot, who: Part) -> str:
    """What helps whoever leads: the facilitator and whoever holds the controls, unless they present."""
    leads = (who.controls or who.facilitates) and not who.presents
    silent = seen.recording or _nobody_yet(seen)
    return reading.prompt(seen.course) if leads and not silent else ""


def _nobody_yet(seen: Snapshot) -> bool:
    """Whether this is a round in which nobody presents so far."""
    return bool(seen.course.stop.round) and seen.round is None


def _hand(seen: Snapshot, who: Standing) -> Given:
    """The hand of whoever may want to speak now and may not be heard: where some are elsewhere."""
    me = seen.person(who.person)
    raised = me is not None and me.hand_at is not None
    speaks = reading.turn(seen.course) in ("each", "everyone", "questioners", "others")
    listens = who.presents and reading.turn(seen.course) in ("questioners", "others")
    may = seen.remote and who.entered and not seen.recording and speaks and not listens
    if not (may or raised):
        return {"may_raise": False}
    return {"may_raise": may, "raised": who.person if raised else None, "moves": seen.course.moves}


def _written(seen: Snapshot, who: Standing) -> Given:
    """What waits for this person's yes, and what they wrote that they may still take back."""
    me = seen.person(who.person)
    mine = [each for each in seen.unconfirmed if who.person in each.owners]
    wrote = [
        {
            "text": each.text,
            "for_name": each.owner_name,
            "still": "",
            "do": "drop",
            "url": to("draft", seen.meeting, each.kind, each.id),
        }
        for each in seen.unconfirmed
        if each not in mine
    ]
    if seen.round and not seen.recording:
        wrote += [
            {
                "text": note.text,
                "for_name": "",
                "still": _still(note, seen.round.presenter_name),
                "do": "withdraw",
                "url": to("note", seen.meeting, seen.round.id, note.id),
            }
            for note in seen.round.notes
            if note.author == who.person and not note.draft
        ]
    return {
        # only where it is needed: what is the same for all listeners is rendered once for them
        "my_name": me.name if me and mine else "",
        "to_confirm": tuple(mine),
        "wrote": tuple(_Wrote(**each) for each in wrote),
    }


@dataclass(frozen=True, slots=True)
class _Wrote:
    text: str
    for_name: str
    still: str  # who has not read it
    do: str
    url: str


def _still(note: Note, presenter: str) -> str:
    if note.handed:
        return f"handed to {presenter} alone"
    return "" if note.opened else "nobody has read it yet"


def _controls(seen: Snapshot) -> Given:
    stop, next_ = seen.course.stop, seen.where.next
    rounds_ahead = {each.round for each in seen.course.stops[seen.course.position + 1 :]}
    settling = choosing.given(seen)
    asks = stop.kind == "bidding" or seen.recording or _nobody_yet(seen)
    return {
        "learning_questions": tuple(learning_questions().items()),
        "pace": None if seen.recording or seen.where.wait else keeping_time.shown(seen),
        "next": next_,
        "number": seen.course.round,
        "nobody_yet": _nobody_yet(seen),
        "rounds": seen.course.rounds,
        "drops_one": 1 < seen.course.rounds in rounds_ahead and seen.course.round in (None, 1),
        "most_rounds": seen.course.follows.issues,
        "rules": seen.rules,
        "protocols": tuple(
            (key, label)
            for key, label in (*seen.own_protocols, *_shipped())
            if key != seen.course.protocol
        ),
        "presenters": seen.presenters,
        "rounds_chosen": len(seen.presenters),
        **settling,
        "choosing": bool(settling["candidates"]) and asks,
        "equal": seen.equal_air_time,
        "untouched": not seen.recording and seen.course.moves == 0,
        "waiting": tuple(p for p in seen.people if p.status == "waiting"),
        "absent": tuple(p for p in seen.people if p.status in AWAY),
    }


@cache
def _shipped() -> tuple[tuple[str, str], ...]:
    return tuple((each.key, each.label) for each in shipped() if each.key != FIRST)


def _wordings(seen: Snapshot) -> tuple[Note, ...]:
    """The opened sentences that the presenter may take for the issue, but for what it is already."""
    current = seen.round
    if current is None or not current.problems_open:
        return ()
    return tuple(each for each in current.problems if each.text != current.statement)


def _late(seen: Snapshot) -> tuple[Here, ...]:
    """Who has entered since this round began, and waits for its presenter to let them read."""
    if seen.round is None or seen.round.started_at is None or seen.recording:
        return ()
    known = seen.round.attended | set(seen.round.presenters)
    return tuple(p for p in seen.people if p.status == "entered" and p.id not in known)
