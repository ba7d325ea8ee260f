"""What one person may write for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from setwise.actions.forms import TELLABLE
from setwise.actions.models import Action
from setwise.protocols.reading import part as part_now
from setwise.protocols.reading import writes_somewhere
from setwise.room.composing import bids, notes
from setwise.room.composing.framing import problem
from setwise.room.composing.shape import Button, Choices, Composer, Field
from setwise.room.entering import Entry
from setwise.room.models import CheckOut
from setwise.room.snapshot import RoundNow, Snapshot
from setwise.room.standing import Standing
from setwise.sets.models import Clause

ISSUE, PRESENTED, HELPED = "The issue, in a sentence", "What was presented, in short", "What helped"
BY_WHEN = Field("due_on", "By when?", "day", aside="if you like")


def own(entry: Entry, seen: Snapshot, who: Standing) -> Iterator[Composer]:
    """Every composer there may be in this room for its reader, the most wanted of a stage first."""
    yield from _progress(entry, seen)
    yield bids.own_bid(entry, seen)
    if seen.rules and seen.rules.state == "proposed":
        yield rules(seen)
    current = seen.round
    if current and who.presents:
        yield _action(seen, current)
    if current:
        yield notes.handable(notes.option(seen, current), seen, who)
    if current and who.presents:
        yield part(seen, current, "feedback", HELPED, "Keep it", current.feedback)
        yield part(seen, current, "statement", ISSUE, "Say it so", current.statement)
        yield part(seen, current, "presentation", PRESENTED, "Keep it", current.presentation)
    if current and writes_somewhere(seen.course, "problem"):
        yield problem(entry, seen, current)
    if current:
        question = notes.handable(notes.question(seen, current), seen, who)
        yield notes.coached(question, entry, seen, who)
    yield _review(seen, who)
    yield _check_out(entry, seen)


def told_fields(shown: bool | None) -> tuple[Field, ...]:
    """How an action went; `shown` is None where it is not the writer's to show."""
    fields = (
        Field("state", "How is it?", "radio", choices=TELLABLE),
        Field("happened", "What happened?", most=5000),
        Field("learned", "What did I learn?", most=5000),
    )
    if shown is None:
        return fields
    label = "Show this action to whoever is checked in today"
    return (*fields, Field("shown", label, "check", value="1" if shown else ""))


def _progress(entry: Entry, seen: Snapshot) -> Iterator[Composer]:
    meeting = entry.room.meeting
    shown = set(
        meeting.shown_actions.filter(action__owner=entry.person).values_list("action", flat=True)
    )
    rows = Action.objects.filter(owner=entry.person).to_tell_at(meeting)
    for row in rows.order_by("decided_at"):
        text = row.text()
        yield Composer(
            name="progress",
            key=f"progress-{row.id}",
            action=reverse("room:progress", args=[seen.meeting, row.id]),
            label=f"My action: {shortened(text)}",
            draft=f"room:{seen.room}:progress:{row.id}",
            intro=text,
            fields=told_fields(row.id in shown),
            buttons=(Button("Save"),),
            stays=True,
        )


def shortened(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69]}…"


def rules(seen: Snapshot) -> Composer:
    """The answer to the rules on the table: to the version that this page shows."""
    assert seen.rules
    number = str(seen.rules.number)
    return Composer(
        name="rules",
        key=f"rules-{number}",
        action=reverse("room:rules", args=[seen.meeting]),
        label="Can I live with this?",
        draft=f"room:{seen.room}:rules",
        fields=(
            Field("number", kind="hidden", value=number),
            Field("would_let", "What would let me?", aside="if it is not yet"),
        ),
        buttons=(
            Button("Yes, I can live with this", "says", "yes"),
            Button("Not yet", "says", "no", quiet=True),
        ),
        unfolded=True,
    )


def part(
    seen: Snapshot, current: RoundNow, name: str, label: str, button: str, value: str
) -> Composer:
    short = name == "statement"
    return Composer(
        name=name,
        key=f"{name}-{current.id}",
        action=reverse("room:say", args=[seen.meeting, current.id, name]),
        label=label,
        draft=f"room:{current.id}:{name}",
        fields=(
            Field(name, label, value=value, rows=2 if short else 4, most=500 if short else 5000),
        ),
        buttons=(Button(button),),
        stays=True,
    )


def _action(seen: Snapshot, current: RoundNow) -> Composer:
    later = Composer(
        name="action",
        key=f"decide-by-{current.id}",
        action=reverse("room:manner", args=[seen.meeting, current.id]),
        label="Or decide later",
        draft=f"room:{current.id}:decide-by",
        fields=(Field("decide_by", "Or: I will decide by", "day"),),
        buttons=(Button("Decide later", quiet=True),),
    )
    return Composer(
        name="action",
        key=f"action-{current.id}",
        action=reverse("room:decide", args=[seen.meeting, current.id]),
        label="What I will do",
        draft=f"room:{current.id}:action",
        fields=(Field("text", "The action"), BY_WHEN),
        buttons=(Button("I will do this"),),
        unfolded=getattr(part_now(seen.course), "number", 0) == 3,
        also=(later,),
    )


def _asked_for(what: str, seen: Snapshot) -> bool:
    return what in part_now(seen.course).writes and not seen.recording


def _review(seen: Snapshot, who: Standing) -> Composer:
    rule = next((key for key, label in Clause.SUBJECTS if label == seen.rule_to_discuss), "")
    subjects: Choices = (("", "No"), *Clause.SUBJECTS)
    return Composer(
        name="review",
        key="review",
        action=reverse("room:review", args=[seen.meeting]),
        label="Write down the review",
        draft=f"room:{seen.room}:review",
        fields=(
            Field("helped", "What helped us?", value=seen.helped),
            Field("rule", "Is there a rule to talk about?", "select", rule, choices=subjects),
            Field("change", "One change, which opens our next meeting", value=seen.change),
            Field("was_helped", kind="hidden", value=seen.helped),
            Field("was_rule", kind="hidden", value=rule),
            Field("was_change", kind="hidden", value=seen.change),
        ),
        buttons=(Button("Keep it"),),
        stays=True,
        unfolded=who.controls and _asked_for("review", seen) and not (seen.helped or seen.change),
    )


def _check_out(entry: Entry, seen: Snapshot) -> Composer:
    rows = CheckOut.objects.filter(room=seen.room, person=entry.person).select_related("action")
    row = rows.first()
    taken = row.action if row else None
    due = taken.due_on.isoformat() if taken and taken.due_on else ""
    return Composer(
        name="learning",
        key="check-out",
        action=reverse("room:check-out", args=[seen.meeting]),
        label="Change my check-out" if row else "Check out",
        draft=f"room:{seen.room}:check-out",
        fields=check_out_fields(
            row.words("learning") if row else "", taken.text() if taken else "", due
        ),
        buttons=(Button("Check out"), Button("Pass", "passed", "1", quiet=True)),
        stays=True,
        unfolded=row is None and _asked_for("learning", seen),
    )


def check_out_fields(learning: str = "", action: str = "", due: str = "") -> tuple[Field, ...]:
    return (
        Field(
            "learning",
            "One thing I learned",
            value=learning,
            aside="only you read it later",
            most=5000,
        ),
        Field("action", "An action", value=action, aside="if you like"),
        Field("due_on", "By when?", "day", due, aside="if you like"),
    )
