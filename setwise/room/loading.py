"""Loading a room: every query here is one for the whole room. People and words can be read apart,
since what has not moved need not be read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from setwise.actions.models import Progress, Shown
from setwise.meetings.models import Reply
from setwise.protocols.reading import where
from setwise.room import records
from setwise.room.models import (
    Bid,
    CheckIn,
    CheckOut,
    Option,
    Presence,
    Question,
    Review,
    Room,
    Round,
    RoundAction,
)
from setwise.room.snapshot import Decided, Here, Note, RoundNow, Snapshot
from setwise.sets.models import Membership
from setwise.vault.sealing import keys_at_hand


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in a room, opened: everybody's, to be narrowed before a reader sees any."""

    presenters: tuple[tuple[int, UUID, str], ...]
    round: RoundNow | None
    bids: tuple[Note, ...]
    shown: tuple[Decided, ...]
    helped: str
    change: str
    rule_to_discuss: str
    one_change: str


def load(room: Room, *, at: datetime) -> Snapshot:
    """Everything of the room, words included: to be narrowed by `standing.visible` before a reader."""
    return compose(room, people_of(room, at=at), words_of(room), at=at)


def compose(room: Room, people: tuple[Here, ...], words: Words, *, at: datetime) -> Snapshot:
    """A snapshot of parts that were read before; asks the database nothing."""
    course = room.course
    names = {number: name for number, _, name in words.presenters}
    return Snapshot(
        room=room.id,
        meeting=room.meeting_id,
        learning_set=room.meeting.learning_set_id,
        version=room.version,
        chair=room.chair_id,
        chair_name=next((each.name for each in people if each.id == room.chair_id), ""),
        recording=room.recording,
        course=course,
        where=where(course, at=at),
        agenda=tuple(
            (
                stop,
                "past" if i < course.position else "now" if i == course.position else "ahead",
                names.get(stop.round or 0, ""),
            )
            for i, stop in enumerate(course.stops)
        ),
        people=people,
        presenters=words.presenters,
        round=words.round,
        bids=words.bids,
        shown=words.shown,
        helped=words.helped,
        change=words.change,
        rule_to_discuss=words.rule_to_discuss,
        one_change=words.one_change,
    )


def words_of(room: Room) -> Words:
    """What is written, opened; as new as the room's `words_version`."""
    rounds = list(Round.objects.filter(room=room).select_related("presenter"))
    bids = list(Bid.objects.filter(room=room).select_related("person").order_by("at"))
    shown = list(
        Shown.objects.filter(meeting=room.meeting_id)
        .select_related("action__owner")
        .prefetch_related(Prefetch("action__progress", Progress.objects.exclude(confirmed_at=None)))
        .order_by("action__decided_at")
    )
    here = _current(room, rounds)
    decided: list[RoundAction] = []
    if here:
        decided = list(RoundAction.objects.filter(round=here).select_related("action__owner"))
    review = Review.objects.filter(room=room).first()
    key_ids = {row.key_id for row in (*rounds, *bids)} | {room.meeting.learning_set.key_id}
    key_ids |= {row.action.key_id for row in shown} | {row.action.key_id for row in decided}
    with keys_at_hand(key_ids):
        return Words(
            presenters=tuple((row.number, row.presenter_id, row.presenter.name) for row in rounds),
            round=_round(here, decided) if here else None,
            bids=tuple(_bid(row) for row in bids),
            shown=tuple(_shown(row) for row in shown),
            helped=review.words("helped") if review else "",
            change=review.words("change") if review else "",
            rule_to_discuss=review.get_rule_to_discuss_display() if review else "",
            one_change=records.one_change(room),
        )


def _current(room: Room, rounds: list[Round]) -> Round | None:
    if room.recording:
        return rounds[-1] if rounds else None
    number = room.course.stop.round
    return next((row for row in rounds if row.number == number), None)


def people_of(room: Room, *, at: datetime) -> tuple[Here, ...]:
    """Who belongs to the set, and how they are here; as new as `people_version` and the seats."""
    check_ins = {row.person_id: row for row in CheckIn.objects.filter(room=room)}
    replies = dict(Reply.objects.filter(meeting=room.meeting_id).values_list("person", "answer"))
    bidders = set(Bid.objects.filter(room=room).values_list("person_id", flat=True))
    out = set(CheckOut.objects.filter(room=room).values_list("person_id", flat=True))
    live = set(Presence.objects.filter(room=room, until__gt=at).values_list("person_id", flat=True))
    seats = (
        Membership.objects.seated()
        .filter(learning_set=room.meeting.learning_set_id)
        .select_related("person")
        .order_by("person__name")
    )
    return tuple(
        Here(
            id=seat.person_id,
            name=seat.person.name,
            role=seat.person.role,
            is_member=seat.is_member,
            is_facilitator=seat.is_facilitator,
            status=_status(check_ins.get(seat.person_id), replies.get(seat.person_id, "")),
            entered_at=getattr(check_ins.get(seat.person_id), "entered_at", None),
            sees_earlier=getattr(check_ins.get(seat.person_id), "sees_earlier", False),
            present=seat.person_id in live,
            has_bid=seat.person_id in bidders,
            has_checked_out=seat.person_id in out,
        )
        for seat in seats
    )


def _status(row: CheckIn | None, answer: str) -> str:
    if row is None:
        return "apologies" if answer == "apologies" else "absent"
    if row.left_at:
        return "left"
    if row.entered_at:
        return "entered"
    return "admitted" if row.admitted_at else "waiting"


def _round(row: Round, decided: list[RoundAction]) -> RoundNow:
    questions = row.questions.select_related("author")
    options = row.options.select_related("author")
    return RoundNow(
        id=row.id,
        number=row.number,
        presenter=row.presenter_id,
        presenter_name=row.presenter.name,
        statement=row.words("statement"),
        presentation=row.words("presentation"),
        feedback=row.words("feedback"),
        silent=row.silent,
        options_invited=row.options_invited,
        decide_by=row.decide_by,
        started_at=row.started_at,
        notes=(*map(_note, questions), *map(_note, options)),
        decided=tuple(
            Decided(
                id=each.action.id,
                owner=each.action.owner_id,
                owner_name=each.action.owner.name,
                text=each.action.text(),
                due_on=each.action.due_on,
                draft=each.action.confirmed_at is None,
                typist=each.action.typed_by_id,
                state=each.action.state,
            )
            for each in decided
        ),
    )


def _note(row: Question | Option) -> Note:
    return Note(
        id=row.id,
        kind="question" if isinstance(row, Question) else "option",
        text=row.words("text"),
        more="",
        author=row.author_id,
        author_name=row.author.name if row.author else "",
        typist=row.typed_by_id,
        draft=row.confirmed_at is None,
        opened=row.opened_at is not None if isinstance(row, Question) else True,
        at=row.at,
    )


def _bid(row: Bid) -> Note:
    return Note(
        id=row.id,
        kind="pass" if row.passed else "bid",
        text=row.words("issue"),
        more=row.words("why_now"),
        author=row.person_id,
        author_name=row.person.name,
        typist=row.typed_by_id,
        draft=row.confirmed_at is None,
        opened=True,
        at=row.at,
    )


def _shown(row: Shown) -> Decided:
    action = row.action
    told = tuple(
        (each.get_state_display(), each.happened(), each.learned())
        for each in action.progress.all()
    )
    return Decided(
        id=action.id,
        owner=action.owner_id,
        owner_name=action.owner.name,
        text=action.text(),
        due_on=action.due_on,
        draft=action.confirmed_at is None,
        typist=action.typed_by_id,
        state=action.get_state_display(),
        told=told,
    )
