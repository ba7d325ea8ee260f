"""Agreeing ground rules while the set is together: each answers, then they come into force."""

from __future__ import annotations

from datetime import datetime

from setwise.room.chairing import people_inside
from setwise.room.entering import Entry, touch
from setwise.room.refusing import Refusal, worded
from setwise.sets import agreeing
from setwise.sets.models import GroundRules

CHANGED = "The words have changed since you read them. Read them again, then answer."


def answer(entry: Entry, *, number: int, says: str, would_let: str, at: datetime) -> None:
    """Say yes to the version of that number, or what would let me. Only to words that were read."""
    entry.must_be_entered()
    if says not in ("yes", "no"):
        raise Refusal("says", "Choose one.")
    needed = "Say in a few words what would let you live with it." if says == "no" else ""
    would_let = worded("would_let", would_let, most=2000, needed=needed)
    rules = _proposed(entry)
    if rules.number != number:
        raise Refusal("says", CHANGED)
    agreeing.answer(entry.seat, rules, says=says, would_let=would_let, at=at)
    touch(entry.room, people=False)


def settle(entry: Entry, *, at: datetime) -> None:
    """Put proposed ground rules in force, when all who are here have said yes and are a quorum."""
    entry.must_hold_controls()
    rules = _proposed(entry)
    if not agreeing.settle_at_meeting(rules, present=people_inside(entry.room), at=at):
        raise Refusal("", "Not everyone here has said yes yet, or too few are here for a quorum.")
    touch(entry.room)


def _proposed(entry: Entry) -> GroundRules:
    rules = agreeing.being_agreed(entry.seat.learning_set)
    if rules is None or rules.state != "proposed":
        raise Refusal("", "No ground rules are proposed just now.")
    return rules
