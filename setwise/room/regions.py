"""The regions of the room that are pushed: each a function of what it is given here, no person.

Only `mine` is per person, and the same for all who are asked the same. Pushed HTML holds no form,
no input, no token.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from setwise.protocols import reading
from setwise.room.snapshot import Here, Snapshot
from setwise.room.standing import Standing, open_composers, visible

Given = dict[str, Any]


class Rendered:
    """What one room's regions looked like at the last look and at this one.

    A region given the same facts, in the same language and zone, is not rendered again.
    """

    def __init__(self) -> None:
        self._before: dict[object, str] = {}
        self._now: dict[object, str] = {}

    def turn(self) -> None:
        """Begin another look: what it does not use is forgotten after it."""
        self._before, self._now = self._now, {}

    def html(self, region: str, given: Given) -> str:
        place = translation.get_language(), timezone.get_current_timezone_name()
        key = (region, place, tuple(given.items()))
        html = self._now.get(key)
        if html is None:
            html = self._before.get(key)
            if html is None:
                html = render_to_string(f"room/regions/{region}.html", given)
            self._now[key] = html
        return html


def render(snapshot: Snapshot, who: Standing, kept: Rendered) -> dict[str, str]:
    """Every region for one person, in the language and zone that are active."""
    seen = visible(snapshot, who)
    regions = {name: kept.html(name, given(seen, who)) for name, given in SHARED.items()}
    regions["mine"] = kept.html("mine", _mine(seen, who))
    return regions


def shell(snapshot: Snapshot, who: Standing) -> dict[str, Any]:
    """What the page's own part needs to know: which composers are open."""
    current = snapshot.round
    key = f"{who.status}:{current.id if current else ''}:{who.presents}:{snapshot.course.moves}"
    return {"open": open_composers(snapshot, who), "key": key}


def announcement(snapshot: Snapshot) -> str:
    """What a screen reader hears when the stage moves."""
    if snapshot.where.closed:
        return "The meeting is closed."
    if snapshot.where.paused:
        return "The meeting is paused."
    return snapshot.course.stop.title


def _clock(seen: Snapshot, who: Standing) -> Given:
    current = seen.round
    return {
        "recording": seen.recording,
        "where": seen.where,
        "number": current.number if current else 0,
        "presenter": current.presenter_name if current else "",
    }


def _agenda(seen: Snapshot, who: Standing) -> Given:
    return {"agenda": seen.agenda}


def _people(seen: Snapshot, who: Standing) -> Given:
    return {"people": seen.people, "chair": seen.chair}


def _stage(seen: Snapshot, who: Standing) -> Given:
    notes = seen.round.notes if seen.round else ()
    return {
        "entered": who.entered,
        "paused": seen.where.paused,
        "closed": seen.where.closed,
        "recording": seen.recording,
        "stop": seen.course.stop,
        "number": getattr(reading.part(seen.course), "number", 0),
        "round": seen.round,
        "questions": tuple(note for note in notes if note.kind == "question"),
        "options": tuple(note for note in notes if note.kind == "option"),
        "bids": seen.bids if seen.course.stop.kind == "bidding" or seen.recording else (),
        "shown": seen.shown,
        "one_change": seen.one_change,
        "helped": seen.helped,
        "change": seen.change,
        "rule_to_discuss": seen.rule_to_discuss,
    }


SHARED: dict[str, Callable[[Snapshot, Standing], Given]] = {
    "clock": _clock,
    "agenda": _agenda,
    "stage": _stage,
    "people": _people,
}


def _mine(seen: Snapshot, who: Standing) -> Given:
    given: Given = {
        "status": who.status,
        "meeting": seen.meeting,
        "learning_set": seen.learning_set,
        "chair_name": seen.chair_name,
        "closed": seen.where.closed,
        "paused": seen.where.paused,
        "stop": seen.course.stop,
        "asked": reading.asked(seen.course, hand=who.hand),
        "controls": who.controls,
        "presents": who.presents,
        "may_take_controls": who.person if who.facilitates and not who.controls else None,
    }
    if who.controls or who.presents:
        given |= {"recording": seen.recording, "moves": seen.course.moves, "round": seen.round}
    if who.controls:
        given |= _controls(seen, who)
    if who.presents:
        notes = seen.round.notes if seen.round else ()
        given |= {
            "late": _late(seen),
            "drafts": tuple(note for note in notes if note.draft),
            "unopened": tuple(note for note in notes if not note.opened),
        }
    return given


def _controls(seen: Snapshot, who: Standing) -> Given:
    away = ("absent", "apologies", "left")
    most = 2 if seen.recording else seen.course.issues
    return {
        "prompt": reading.prompt(seen.course),
        "ahead": round(seen.where.ahead / 60) * 60,  # shown in minutes
        "next": seen.where.next,
        "presenters": seen.presenters,
        "rounds_left": len(seen.presenters) < most,
        "candidates": _candidates(seen),
        "waiting": tuple(p for p in seen.people if p.status == "waiting"),
        "absent": tuple(p for p in seen.people if p.status in away),
        "others": tuple(p for p in seen.people if p.status == "entered" and p.id != who.person),
    }


def _late(seen: Snapshot) -> tuple[Here, ...]:
    started = seen.round.started_at if seen.round else None
    return tuple(
        p
        for p in seen.people
        if started and p.entered_at and p.entered_at > started and not p.sees_earlier
    )


def _candidates(seen: Snapshot) -> tuple[Here, ...]:
    chosen = {person for _, person, _ in seen.presenters}
    bidders = {bid.author for bid in seen.bids if bid.kind == "bid"}
    able = [
        p
        for p in seen.people
        if p.is_member
        and p.id not in chosen
        and (p.status == "entered" or (seen.recording and p.status == "admitted"))
    ]
    return tuple(sorted(able, key=lambda p: (p.id not in bidders, p.name)))
