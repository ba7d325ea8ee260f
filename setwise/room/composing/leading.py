"""What whoever leads may write beside the meeting: a private note, and the offer of a guide."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from setwise.room import noting
from setwise.room.composing.shape import Button, Choices, Composer, Field
from setwise.room.snapshot import Snapshot
from setwise.room.standing import Standing
from setwise.sets.guides_here import offerable

PRIVATE = (
    "About how the set worked, naming nobody. Only you read it, and it is erased after "
    f"{noting.LIFE.days} days."
)


def leading(seen: Snapshot, who: Standing) -> Iterator[Composer]:
    """In the room, for whoever holds the controls or facilitates."""
    if who.controls or who.facilitates:
        yield note(reverse("room:note-process", args=[seen.meeting]))
    people: Choices = tuple((str(p.id), p.name) for p in seen.people if p.id != who.person)
    if who.facilitates and people:
        yield guide(reverse("room:offer-guide", args=[seen.meeting]), people)


def note(action: str) -> Composer:
    return Composer(
        name="process",
        key="process",
        action=action,
        label="A private note about process",
        draft=action,
        intro=PRIVATE,
        fields=(
            Field("text", "What did I notice?", rows=3, most=noting.MOST),
            Field("meant", kind="hidden"),
        ),
        buttons=(Button("Keep the note"),),
    )


def guide(action: str, people: Choices) -> Composer:
    texts: Choices = tuple((each.key, each.title) for each in offerable())
    return Composer(
        name="guide",
        key="guide",
        action=action,
        label="Offer somebody a short guide",
        draft=action,
        intro="Only they see it, and they may put it away unread. You are not told.",
        fields=(
            Field("to", "To whom?", "select", choices=people),
            Field("guide", "Which guide?", "select", choices=texts),
        ),
        buttons=(Button("Offer it"),),
    )
