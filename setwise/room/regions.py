"""The regions of the room that are pushed: each a function of (snapshot, audience), no person.

Only `mine` is per person. Pushed HTML holds no form, no input, no token.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from setwise.protocols import reading
from setwise.room.snapshot import Snapshot
from setwise.room.standing import Standing, open_composers, visible

SHARED = ("clock", "agenda", "stage", "people")
Cache = dict[tuple[Any, ...], str]


def audience(seen: Snapshot, who: Standing, region: str) -> tuple[Any, ...]:
    """What a shared region depends on besides the snapshot: those with the same see the same."""
    if region != "stage":
        return (region,)
    current = seen.round
    words = (
        (
            current.statement,
            current.presentation,
            tuple(note.id for note in current.notes),
            tuple(each.id for each in current.decided),
        )
        if current
        else ()
    )
    return (region, who.entered, words, tuple(b.id for b in seen.bids), len(seen.shown))


def render(snapshot: Snapshot, who: Standing, cache: Cache) -> dict[str, str]:
    """Every region for one person; `cache` is shared by all who look at this one snapshot."""
    seen = visible(snapshot, who)
    regions = {}
    for region in SHARED:
        key = audience(seen, who, region)
        if key not in cache:
            cache[key] = render_to_string(
                f"room/regions/{region}.html", _shared(seen, entered=who.entered)
            )
        regions[region] = cache[key]
    regions["mine"] = render_to_string("room/regions/mine.html", _mine(seen, who))
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


def _shared(seen: Snapshot, *, entered: bool) -> dict[str, Any]:
    part = reading.part(seen.course)
    return {
        "now": seen,
        "where": seen.where,
        "stop": seen.course.stop,
        "round": seen.round,
        "entered": entered,
        "turn": reading.turn(seen.course),
        "number": getattr(part, "number", 0),
        "questions": [n for n in seen.round.notes if n.kind == "question"] if seen.round else [],
        "options": [n for n in seen.round.notes if n.kind == "option"] if seen.round else [],
    }


def _mine(seen: Snapshot, who: Standing) -> dict[str, Any]:
    course = seen.course
    chosen = {person for _, person, _ in seen.presenters}
    return _shared(seen, entered=who.entered) | {
        "me": who,
        "asked": reading.asked(course, hand=who.hand),
        "prompt": reading.prompt(course) if who.controls else "",
        "waiting": [p for p in seen.people if p.status == "waiting"],
        "absent": [p for p in seen.people if p.status in ("absent", "apologies", "left")],
        "others": [p for p in seen.people if p.status == "entered" and p.id != who.person],
        "late": _late(seen) if who.presents else [],
        "candidates": _candidates(seen, chosen),
        "rounds_left": len(seen.presenters) < (2 if seen.recording else course.issues),
        "moves": course.moves,
        "may_share": bool(course.stop.round) and (who.controls or who.presents),
        "drafts": [n for n in seen.round.notes if n.draft] if seen.round else [],
        "unopened": [n for n in seen.round.notes if not n.opened] if seen.round else [],
    }


def _late(seen: Snapshot) -> list[Any]:
    started = seen.round.started_at if seen.round else None
    return [
        p
        for p in seen.people
        if started and p.entered_at and p.entered_at > started and not p.sees_earlier
    ]


def _candidates(seen: Snapshot, chosen: set[Any]) -> list[Any]:
    bidders = {bid.author for bid in seen.bids if bid.kind == "bid"}
    able = [
        p
        for p in seen.people
        if p.is_member
        and p.id not in chosen
        and (p.status == "entered" or (seen.recording and p.status == "admitted"))
    ]
    return sorted(able, key=lambda p: (p.id not in bidders, p.name))
