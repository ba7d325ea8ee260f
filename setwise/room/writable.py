"""What somebody may write just now. Pure: no query, no clock."""

from __future__ import annotations

from setwise.protocols.reading import may_write, offers_freely, part, turn
from setwise.protocols.shape import OF_ROUND
from setwise.room.snapshot import Snapshot
from setwise.room.standing import Part

WRITABLE = (
    *("progress", "bid", "statement", "presentation", "question", "option"),
    *("action", "feedback", "problem", "review", "learning"),
)
PRESENTERS_OWN = frozenset({"statement", "presentation", "feedback", "action"})
FOR_OTHERS = frozenset(WRITABLE) - {"review", "problem"}


def open_composers(snapshot: Snapshot, who: Part) -> list[str]:
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


def _is_own(snapshot: Snapshot, what: str, who: Part) -> bool:
    current = snapshot.round
    if what == "option" and current:
        invited = current.options_invited or snapshot.recording
        deciding = "action" in part(snapshot.course).writes and not snapshot.recording
        return _speaks_or_asks(snapshot, who) and (
            who.presents or (invited and not deciding) or offers_freely(snapshot.course)
        )
    if what == "bid":
        return who.is_member  # nobody else can be chosen
    if what == "question":
        return _speaks_or_asks(snapshot, who)
    if what == "problem" and current:
        return not (current.problems_open or snapshot.recording)
    return who.presents or what not in PRESENTERS_OWN


def _speaks_or_asks(snapshot: Snapshot, who: Part) -> bool:
    """Not the presenter, where the protocol keeps them silent: no box then waits for them."""
    return snapshot.recording or not who.presents or turn(snapshot.course) != "others"
