from __future__ import annotations

from django.urls import reverse

from setwise.room.composing.shape import Button, Composer, Field
from setwise.room.entering import Entry
from setwise.room.models import Problem
from setwise.room.snapshot import RoundNow, Snapshot


def problem(entry: Entry, seen: Snapshot, current: RoundNow) -> Composer:
    """The problem as one person sees it: what they wrote so far is here alone, and nowhere pushed."""
    row = Problem.objects.filter(round=current.id, author=entry.person).first()
    mine = row.words("text") if row else ""
    return Composer(
        name="problem",
        key=f"problem-{current.id}",
        action=reverse("room:problem", args=[seen.meeting, current.id]),
        label="The problem, as I see it",
        draft=f"room:{current.id}:problem",
        fields=(
            Field("text", "The problem, in a sentence", value=mine, most=500, aside="still unseen"),
        ),
        buttons=(Button("I have written it"),),
        stays=True,
        unfolded=not mine,
    )
