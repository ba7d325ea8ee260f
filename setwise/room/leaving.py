"""What one person takes away from a meeting that is over: their own, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from setwise.meetings.models import Meeting
from setwise.room import air_time
from setwise.room.entering import Entry
from setwise.room.models import CheckOut, Round


@dataclass(frozen=True, slots=True)
class OwnDraft:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class TakenAway:
    """`draft` is a check-out that a note-taker wrote down and that waits for its owner's yes; `bid`
    is one that was not chosen, and is its author's again."""

    own_rounds: tuple[Round, ...]
    learning: str
    draft: OwnDraft | None
    bid: str
    next: Meeting | None


def taken_away(entry: Entry, *, at: datetime) -> TakenAway:
    room, person = entry.room, entry.person
    row = CheckOut.objects.filter(room=room, person=person).first()
    words = row.words("learning") if row else ""
    draft = None
    if row and row.confirmed_at is None and words:
        url = reverse("room:draft", args=[room.meeting_id, "check-out", row.id])
        draft = OwnDraft(words, url)
    coming = Meeting.objects.visible_to(person).filter(learning_set=entry.seat.learning_set)
    bid = air_time.returned(person, room)
    return TakenAway(
        own_rounds=tuple(Round.objects.presented_by(person).filter(room=room, deleted_at=None)),
        learning="" if draft else words,
        draft=draft,
        bid=bid.words("issue") if bid else "",
        next=coming.coming(at=at).exclude(pk=room.meeting_id).first(),
    )
