from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from setwise.actions.models import Action, Progress
from setwise.people.models import Person
from setwise.room.models import Bid, CheckOut, Draft, Option, Question, Room, Round
from setwise.room.snapshot import Unconfirmed


def unconfirmed(room: Room, current: Round | None) -> tuple[Unconfirmed, ...]:
    """What note-takers wrote down that its owners have neither confirmed nor dropped."""
    return (*of_round(current), *_of_meeting(room))


def of_round(current: Round | None) -> Iterator[Unconfirmed]:
    """Those of one round, in a fixed number of queries."""
    if current is None:
        return
    presenters, names = current.presenters, current.names
    for part in Draft.objects.filter(round=current):
        yield Unconfirmed(
            id=part.id,
            kind="part",
            what=part.name,
            text=part.words("text"),
            owner_name=names,
            owners=presenters,
            typist=part.typed_by_id,
        )
    for kind, rows in (
        ("question", Question.objects.filter(round=current, confirmed_at=None)),
        ("option", Option.objects.filter(round=current, confirmed_at=None)),
    ):
        for note in rows.select_related("author"):
            yield Unconfirmed(
                id=note.id,
                kind=kind,
                what=kind,
                text=note.words("text"),
                owner_name=note.author.name if note.author else "",
                owners=_may_confirm(note, presenters),
                typist=note.typed_by_id,
            )


def _may_confirm(note: Question | Option, presenters: tuple[UUID, ...]) -> tuple[UUID | None, ...]:
    """Its author or the presenter; of what was written in silence, nobody reads it but its author."""
    closed = isinstance(note, Question) and note.opened_at is None
    return (note.author_id,) if closed else (note.author_id, *presenters)


def _of_meeting(room: Room) -> Iterator[Unconfirmed]:
    drafts = {"confirmed_at": None}
    for bid in Bid.objects.filter(room=room, **drafts).select_related("person"):
        words = "A pass" if bid.passed else bid.words("issue")
        yield _own(bid, "bid", words, bid.person)
    rows = CheckOut.objects.filter(room=room, **drafts).select_related("person", "action")
    for leaving in rows:
        takes = leaving.action.text() if leaving.action else ""
        words = " ".join(filter(None, (leaving.words("learning"), takes))) or "A pass"
        yield _own(leaving, "check-out", words, leaving.person)
    meeting = room.meeting_id
    progress = Progress.objects.filter(meeting=meeting, **drafts).select_related("action__owner")
    for told in progress:
        words = " ".join(filter(None, (told.happened(), told.learned())))
        yield _own(told, "progress", f"{told.get_state_display()}. {words}", told.action.owner)
    for action in Action.objects.filter(meeting=meeting, check_out=None, **drafts).select_related(
        "owner"
    ):
        yield _own(action, "action", action.text(), action.owner)


def _own(
    row: Bid | CheckOut | Progress | Action, kind: str, text: str, owner: Person
) -> Unconfirmed:
    return Unconfirmed(
        id=row.id,
        kind=kind,
        what=kind,
        text=text,
        owner_name=owner.name,
        owners=(owner.id,),
        typist=row.typed_by_id,
    )
