"""Who may present next, and who has waited longest. Pure: no query, no clock. Nobody is ranked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from setwise.protocols.without_rounds import may_do_without
from setwise.room.snapshot import Here, Snapshot


class Tied(Exception):
    """People have waited equally long: they settle it among themselves. `names` is theirs."""

    def __init__(self, names: str) -> None:
        super().__init__()
        self.names = names


def able(people: Iterable[Here], *, chosen: Collection[UUID], recording: bool) -> list[Here]:
    """The members who are here and do not present yet, by name."""
    here = ("entered", "admitted") if recording else ("entered",)
    found = [p for p in people if p.is_member and p.status in here and p.id not in chosen]
    return sorted(found, key=lambda p: p.name)


def waits_since(person: Here) -> date:
    """The day on which they presented last, or else joined."""
    return person.last_presented_on or person.joined_at.date()


def longest_waiting(people: Iterable[Here], number: int) -> list[Here]:
    """So many of them who have waited longest; Tied where the days do not tell."""
    waiting = sorted(people, key=lambda p: (waits_since(p), p.name))
    chosen, left = waiting[:number], waiting[number:]
    if chosen and left and waits_since(chosen[-1]) == waits_since(left[0]):
        equal = [p.name for p in waiting if waits_since(p) == waits_since(left[0])]
        raise Tied(f"{', '.join(equal[:-1])} and {equal[-1]}")
    return chosen


def in_turn(people: Iterable[Here], *, equal: bool) -> list[Here]:
    """In the order they are offered: bidders first; where air time is equal, whoever has waited."""
    if equal:
        return sorted(people, key=lambda p: (waits_since(p), p.name))
    return sorted(people, key=lambda p: (not p.has_bid, p.name))


def given(seen: Snapshot) -> dict[str, Any]:
    """What whoever holds the controls may press while it is settled who presents."""
    presenting = {person for _, person, _ in seen.presenters} | {p for _, p in seen.sharing}
    free = (2 if seen.recording else seen.course.rounds) - len(seen.presenters)
    here = able(seen.people, chosen=presenting, recording=seen.recording)
    bidders = [each for each in here if each.has_bid]
    at_bidding = seen.course.stop.kind == "bidding" and not seen.where.paused
    nobody = at_bidding and not (bidders or seen.presenters)
    shared = {number for number, _ in seen.sharing}
    last = seen.presenters[-1] if seen.presenters and (at_bidding or seen.recording) else None
    return {
        "free": free,
        "candidates": tuple(in_turn(here, equal=seen.equal_air_time)) if free > 0 else (),
        "offered": tuple(here if seen.equal_air_time or not bidders else bidders),
        "settles": at_bidding and len(bidders) > free > 0,
        "invited": _invited(here) if nobody and free > 0 else "",
        "deeper": nobody and may_do_without(seen.course, deeper=True),
        "early": nobody and may_do_without(seen.course, deeper=False),
        "one_issue": at_bidding and len(seen.presenters) < 2 <= free + len(seen.presenters),
        "may_undo": last is not None,
        "last_presents": last[2] if last and last[0] not in shared else "",
        "sharers": tuple(here) if last and last[0] not in shared else (),
    }


def _invited(here: list[Here]) -> str:
    """The name of the one who has waited longest; '' where the days do not tell."""
    try:
        return longest_waiting(here, 1)[0].name if here else ""
    except Tied:
        return ""
