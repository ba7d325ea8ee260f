"""Questions and options as forms: anybody's words for the presenter."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from setwise.protocols.reading import asks, turn
from setwise.room import coaching_here
from setwise.room.composing.shape import Button, Composer, Field
from setwise.room.entering import Entry
from setwise.room.snapshot import RoundNow, Snapshot
from setwise.room.standing import Standing


def question(seen: Snapshot, current: RoundNow) -> Composer:
    """A question; in a silent round the form says so, whatever is chosen while it is filled in."""
    label, button, intro = "Note a question", "Note the question", ""
    fields: tuple[Field, ...] = ()
    if turn(seen.course) == "others" and not seen.recording:
        label, button = "Note what came up", "Note it"
    elif current.silent and asks(seen.course):
        label, button = "Write a question in silence", "Write the question"
        intro = f"Nobody reads it until it is opened by {current.presenter_name}."
        fields = (Field("silent", kind="hidden", value="1"),)
    return Composer(
        name="question",
        key=f"question-{current.id}",
        action=reverse("room:ask", args=[seen.meeting, current.id]),
        label=label,
        draft=f"room:{current.id}:question",
        intro=intro,
        fields=(Field("text", label), *fields),
        buttons=(Button(button),),
        unfolded=bool(intro),
    )


def option(seen: Snapshot, current: RoundNow) -> Composer:
    return Composer(
        name="option",
        key=f"option-{current.id}",
        action=reverse("room:offer", args=[seen.meeting, current.id]),
        label="A possible action",
        draft=f"room:{current.id}:option",
        fields=(Field("text", "A possible action"),),
        buttons=(Button("List it"),),
    )


def coached(composer: Composer, entry: Entry, seen: Snapshot, who: Standing) -> Composer:
    """The same with the question coach, for whoever writes questions of their own just now."""
    if who.presents or seen.recording or not coaching_here.is_on(entry):
        return composer
    return replace(composer, coach=reverse("room:coach", args=[seen.meeting]))


def handable(composer: Composer, seen: Snapshot, who: Standing) -> Composer:
    """The same, with whom its words may be handed to where they were not sent in time."""
    if seen.round is None or who.presents:  # who opens the questions is not asked to write one
        return replace(composer, unfolded=False)
    url = reverse("room:hand", args=[seen.meeting, seen.round.id])
    return replace(composer, hand=url, hand_to=seen.round.presenter_name)
