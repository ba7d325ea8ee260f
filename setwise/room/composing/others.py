"""What a note-taker may write down for somebody who is here: drafts, until their owners confirm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse

from setwise.room.composing import bids, notes, own
from setwise.room.composing.shape import Button, Choices, Composer, Field
from setwise.room.entering import Entry
from setwise.room.note_taking import may_note
from setwise.room.snapshot import RoundNow, Snapshot
from setwise.room.standing import Standing


def for_others(entry: Entry, seen: Snapshot, who: Standing) -> Iterator[Composer]:
    """Each composer, with whom it is for; none where the notes rule does not let this person."""
    people: Choices = tuple(
        (str(p.id), p.name) for p in seen.people if _is_here(seen, p.status) and p.id != who.person
    )
    if not people or not may_note(entry):
        return
    for_ = Field("for_", "Written down for", "select", choices=people)
    for each in seen.shown:
        if each.owner != who.person:
            yield Composer(
                name="for-progress",
                key=f"for-progress-{each.id}",
                action=reverse("room:progress", args=[seen.meeting, each.id]),
                label=f"{each.owner_name}’s action: {own.shortened(each.text)}",
                draft=f"room:{seen.room}:for-progress:{each.id}",
                intro=each.text,
                fields=own.told_fields(None),
                buttons=(Button("Write it down"),),
            )
    if members := _members(seen, people):
        yield Composer(
            name="for-bid",
            key="for-bid",
            action=reverse("room:bid", args=[seen.meeting]),
            label="A bid",
            draft=f"room:{seen.room}:for-bid",
            fields=(replace(for_, choices=members), *bids.bid_fields()),
            buttons=(Button("Write it down"), Button("They pass", "passed", "1", quiet=True)),
        )
    if seen.round:
        yield from _of_round(seen, seen.round, who, for_)
    yield Composer(
        name="for-learning",
        key="for-check-out",
        action=reverse("room:check-out", args=[seen.meeting]),
        label="A check-out",
        draft=f"room:{seen.room}:for-check-out",
        fields=(for_, *own.check_out_fields()),
        buttons=(Button("Write it down"), Button("They pass", "passed", "1", quiet=True)),
    )


def _of_round(seen: Snapshot, current: RoundNow, who: Standing, for_: Field) -> Iterator[Composer]:
    write = "Write it down"
    for composer, label in (
        (notes.question(seen, current), "A question"),
        (notes.option(seen, current), "A possible action"),
    ):
        fields = tuple(replace(f, label=label) if f.name == "text" else f for f in composer.fields)
        yield replace(
            _for(composer),
            label=label,
            fields=(for_, *fields),
            buttons=(Button(write),),
            unfolded=False,
        )
    if who.presents:
        return
    presenter = current.presenter_name
    for name, label in (
        ("statement", f"The issue of {presenter}, in a sentence"),
        ("presentation", f"What {presenter} presented, in short"),
        ("feedback", f"What helped {presenter}"),
    ):
        yield _for(own.part(seen, current, name, label, write, ""))
    yield Composer(
        name="for-action",
        key=f"for-action-{current.id}",
        action=reverse("room:decide", args=[seen.meeting, current.id]),
        label=f"What {presenter} will do",
        draft=f"room:{current.id}:for-action",
        fields=(
            _decides(seen, current),
            Field("text", "The action"),
            own.BY_WHEN,
        ),
        buttons=(Button(write),),
    )


def _decides(seen: Snapshot, current: RoundNow) -> Field:
    """Whose action it is: the presenter's, or of two who share the issue the one that is chosen."""
    people = [(str(p.id), p.name) for p in seen.people if p.id in current.presenters]
    if len(people) > 1:
        return Field("for_", "Whose action?", "select", choices=tuple(people))
    return Field("for_", kind="hidden", value=str(current.presenter))


def _for(composer: Composer) -> Composer:
    return replace(
        composer,
        name=f"for-{composer.name}",
        key=f"for-{composer.key}",
        draft=composer.draft.replace(f":{composer.name}", f":for-{composer.name}"),
        stays=False,
    )


def _members(seen: Snapshot, people: Choices) -> Choices:
    """Those who can be chosen to present."""
    members = {str(p.id) for p in seen.people if p.is_member}
    return tuple(each for each in people if each[0] in members)


def _is_here(seen: Snapshot, status: str) -> bool:
    return status == "entered" or (seen.recording and status == "admitted")
