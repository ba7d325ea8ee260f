"""Bidding: a sentence, a pass, or what was not chosen last time."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from setwise.protocols.reading import may_write
from setwise.room import air_time
from setwise.room.composing.shape import Button, Composer, Field
from setwise.room.entering import Entry
from setwise.room.snapshot import Snapshot


def own_bid(entry: Entry, seen: Snapshot) -> Composer:
    bid = next((bid for bid in seen.bids if bid.author == entry.person.id), None)
    also = () if bid else tuple(_carried(entry, seen))
    return Composer(
        name="bid",
        key="bid",
        action=reverse("room:bid", args=[seen.meeting]),
        label="Change my bid" if bid else "Bid, or pass",
        draft=f"room:{seen.room}:bid",
        fields=bid_fields(bid.text if bid else "", bid.more if bid else ""),
        buttons=(Button("Bid"), Button("Pass today", "passed", "1", quiet=True)),
        stays=True,
        unfolded=bool(also),
        also=also,
    )


def _carried(entry: Entry, seen: Snapshot) -> Iterator[Composer]:
    """A bid that was not chosen last time: one press bids it again, as it stood."""
    may_bid = may_write(seen.course, "bid", recording=seen.recording)
    row = air_time.carriable(entry.person, entry.room) if may_bid else None
    if row is None:
        return
    issue, why_now = row.words("issue"), row.words("why_now")
    yield Composer(
        name="bid",
        key="carry-over",
        action=reverse("room:bid", args=[seen.meeting]),
        label="Carry it over",
        draft=f"room:{seen.room}:carry-over",
        intro=f"Last time you bid: {issue}" + (f"\nWhy now: {why_now}" if why_now else ""),
        fields=(Field("carried", kind="hidden", value=str(row.id)),),
        buttons=(Button("Carry it over"),),
        stays=True,
    )


def bid_fields(issue: str = "", why_now: str = "") -> tuple[Field, ...]:
    return (
        Field("issue", "What might I bring, in a sentence?", value=issue, most=500),
        Field("why_now", "Why now?", value=why_now, aside="if you like", rows=1, most=500),
    )
