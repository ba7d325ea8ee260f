"""The regions of the room that are pushed: each a function of what it is given here, no person.

Those in `SHARED` are the same for all who read the same and have entered, or have not; `hands` for all
who take part alike. Only `mine` is per person, and the same for all who are asked the same. Pushed HTML
holds no form, no input, no token.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone, translation

from setwise.protocols import reading
from setwise.room import mine
from setwise.room.drawing import ZONED, drawn
from setwise.room.screen import whose_turn
from setwise.room.snapshot import Snapshot
from setwise.room.standing import Part, Scene, Standing, hushed, in_common
from setwise.room.writable import open_composers

Given = dict[str, Any]
Where = tuple[str, str | None, str]  # a region, its language, and its time zone if that matters


class Rendered:
    """What one room's regions looked like at the last look and at this one.

    A region given the same facts, in the same language and zone, is not drawn again. Facts are
    compared, not hashed: what has not moved is mostly the very same object, and that costs nothing.
    """

    def __init__(self) -> None:
        self._before = Drawings()
        self._now = Drawings()

    def turn(self) -> None:
        """Begin another look: what it does not use is forgotten after it."""
        self._before, self._now = self._now, Drawings()

    def html(self, region: str, given: Given, language: str | None) -> str:
        """A region in the language that is active, which is `language`, and in the active zone."""
        zone = timezone.get_current_timezone_name() if region in ZONED else ""
        where = region, language, zone
        html = self._now.of(where, given)
        if html is None:
            html = self._before.of(where, given)
            if html is None:
                html = drawn(region, given)
            self._now.keep(where, given, html)
        return html


class Drawings:
    """Regions as they were drawn: a few a room, one for each way it is read."""

    def __init__(self) -> None:
        self._kept: dict[Where, list[tuple[Given, str]]] = {}

    def of(self, where: Where, given: Given) -> str | None:
        for each, html in self._kept.get(where, ()):
            if each == given:
                return html
        return None

    def keep(self, where: Where, given: Given, html: str) -> None:
        self._kept.setdefault(where, []).append((given, html))


def render(seen: Snapshot, who: Standing, kept: Rendered) -> dict[str, str]:
    """Every region of what one person may see, in the language and zone that are active."""
    common = in_common(seen, Scene.of(seen))
    given = {name: of(common, who.entered) for name, of in SHARED.items()}
    given |= {"hands": hands(common, who), "mine": mine.given(seen, who)}
    language = translation.get_language()
    return {name: kept.html(name, each, language) for name, each in given.items()}


def shell(seen: Snapshot, who: Part) -> dict[str, Any]:
    """What the page's own part needs to know: which composers are open, or wait for a pause to end, and
    when to ask for others.

    The key is a checksum of what its composers are made of, as far as its reader may see.
    """
    current, rules = seen.round, seen.rules
    made_of = (
        who.status,
        (current.id, current.silent) if current else "",
        who.presents,
        who.controls,
        who.facilitates,
        seen.course.moves,
        bool(seen.course.paused_at),
        bool(seen.course.closed_at),
        (who.has_bid, who.has_checked_out),
        (rules.number, rules.state) if rules else "",
        (seen.helped, seen.change, seen.rule_to_discuss),
        tuple((each.id, each.state) for each in seen.shown),
    )
    key = f"{zlib.crc32(repr(made_of).encode()):08x}"
    return {"open": open_composers(seen, who), "waits": reading.waits(seen.course), "key": key}


def announcement(snapshot: Snapshot) -> str:
    """What a screen reader hears when the stage moves: where we are, and whose turn it is."""
    if snapshot.where.closed:
        return "The meeting is closed."
    if question := reading.learning_question(snapshot.course):
        return f"Pause for learning. {question}"
    if snapshot.where.paused:
        return "The meeting is paused."
    if snapshot.recording:
        return "Writing down a meeting already held."
    return f"{snapshot.course.stop.title}. {whose_turn(snapshot)}".rstrip()


def _clock(seen: Snapshot, entered: bool) -> Given:
    current = seen.round
    return {
        "recording": seen.recording,
        "closed_itself_at": seen.course.closed_at if seen.closed_itself else None,
        "where": seen.where,
        "speaks": whose_turn(seen),
        "number": current.number if current else 0,
        "learning": bool(seen.course.asking),
        "advice": seen.course.follows.advice,
        "third": getattr(reading.part(seen.course), "number", 0),
        "hands": len(_raised(seen)) if entered else 0,
    }


def clock_mark(clock: Given, seen: Snapshot) -> object:
    """What the clock is sent for: its seconds differ each time, and each browser counts them."""
    return tuple({**clock, "where": seen.course}.items())


def _news(seen: Snapshot, entered: bool) -> Given:
    return {"news": "" if seen.where.closed else seen.news}


def _agenda(seen: Snapshot, entered: bool) -> Given:
    label = seen.course.follows.label
    return {"agenda": seen.agenda, "closed": seen.where.closed, "protocol": label}


def _people(seen: Snapshot, entered: bool) -> Given:
    return {"people": seen.people, "chair": seen.chair, "closed": seen.where.closed}


def _issue(seen: Snapshot, entered: bool) -> Given:
    return {"entered": entered, "hushed": hushed(seen), "round": seen.round}


def hands(seen: Snapshot, who: Part) -> Given:
    """The queue in the order of raising; shown to whoever is in it, and to whoever may see words."""
    up = _raised(seen)
    if not up or not who.entered:
        return {"hands": ()}
    return {
        "hands": up,
        "may_lower": who.controls or who.presents,
        "meeting": seen.meeting,
        "moves": seen.course.moves,
    }


def _raised(seen: Snapshot) -> tuple[tuple[datetime, str, UUID], ...]:
    if seen.where.closed:
        return ()
    up = ((p.hand_at, p.name, p.id) for p in seen.people if p.hand_at and p.status == "entered")
    return tuple(sorted(up))


def _stage(seen: Snapshot, entered: bool) -> Given:
    notes = seen.round.notes if seen.round else ()
    return {
        "entered": entered,
        "hushed": hushed(seen),
        "paused": seen.where.paused,
        "closed": seen.where.closed,
        "recording": seen.recording,
        "stop": seen.course.stop,
        "number": getattr(reading.part(seen.course), "number", 0),
        "round": seen.round,
        "questions": tuple(note for note in notes if note.kind == "question" and note.opened),
        "options": tuple(note for note in notes if note.kind == "option"),
        "bids": seen.bids if seen.course.stop.kind == "bidding" or seen.recording else (),
        "presented": _presented(seen),
        "shown": seen.shown,
        "one_change": seen.one_change,
        "objections": seen.objections,
        "writers": _writers(seen),
        "helped": seen.helped,
        "change": seen.change,
        "rule_to_discuss": seen.rule_to_discuss,
        **_answers(seen),
    }


def _writers(seen: Snapshot) -> int:
    """How many are waited for while each writes the problem; 0 in other stages."""
    if seen.recording or "problem" not in reading.part(seen.course).writes:
        return 0
    return sum(p.is_member and p.status == "entered" for p in seen.people)


def _presented(seen: Snapshot) -> tuple[tuple[str, date | None], ...]:
    """When each member presented last, by name, while it is settled who presents."""
    if seen.course.stop.kind != "bidding" and not seen.recording:
        return ()
    return tuple((p.name, p.last_presented_on) for p in seen.people if p.is_member)


def _answers(seen: Snapshot) -> Given:
    """The rules on the table, and who of those here has said what of them."""
    rules = seen.rules
    here = [p for p in seen.people if p.status == "entered"]
    yes, no = (set(rules.yes), set(rules.no)) if rules else (set(), set())
    return {
        "rules": rules,
        "learning_set": seen.learning_set,
        "answered": tuple(p.name for p in here if p.id in yes),
        "objecting": tuple(p.name for p in here if p.id in no),
        "missing": tuple(p.name for p in here if p.id not in yes | no),
    }


SHARED: dict[str, Callable[[Snapshot, bool], Given]] = {
    "clock": _clock,
    "news": _news,
    "issue": _issue,
    "agenda": _agenda,
    "stage": _stage,
    "people": _people,
}
