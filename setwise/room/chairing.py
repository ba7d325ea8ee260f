"""Whoever holds the controls: given, taken when their holder has gone, left for a round, given back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from setwise.people.models import Person
from setwise.room import holding
from setwise.room.entering import Entry, touch
from setwise.room.loading.people import people_of
from setwise.room.models import CheckIn, Presence, Room, Round
from setwise.room.models.presence import LIVES
from setwise.room.refusing import Refusal
from setwise.room.snapshot import Here
from setwise.sets.models import Membership

OWN_ROUND = "Whoever presents has their hands free. Let somebody else hold the controls."


def hand_over(entry: Entry, *, to: UUID, at: datetime) -> None:
    """Give the controls to somebody who is here, or take them. Everybody in the room is told.

    Whoever holds them gives them. The facilitator may always take them back, so may whoever chairs
    today from anybody but the facilitator, and anybody where their holder has left or was not seen
    for two minutes. Whoever is to present leaves them for that round alone.
    """
    entry.must_be_entered()
    room = entry.room
    people = people_of(room, at=at)
    gone = holding.is_gone(_person(people, room.chair_id), since=since(room), at=at)
    by_right = _may_take(entry, people)
    if not by_right and not (to == entry.person.id and gone):
        entry.must_hold_controls()
    if to not in people_inside(room):
        raise Refusal("to", "Only somebody who is checked in can hold the controls.")
    if to == room.chair_id:
        return
    presenting, day_chair = _presenters(room, room.course.round), room.meeting.chair_id
    if to in presenting and holding.stand_ins(people, presenters=presenting, day_chair=day_chair):
        raise Refusal("to", OWN_ROUND)
    if (left := _left_for(entry, to)) and not (by_right and to == entry.person.id):
        number, presenter = left
        give(room, to, how="round", at=at, number=number, before=presenter)
    else:
        give(room, to, how="gone" if gone else "given", at=at)


def _left_for(entry: Entry, to: UUID) -> tuple[int, UUID] | None:
    """The round for which the controls are left, and who left them and has them again after it."""
    room, coming = entry.room, holding.coming_round(entry.room.course)
    before, number = room.chair_before_id, room.chair_round
    if number and before and to != before and not holding.is_over(room.course, number):
        return number, before
    if coming and entry.controls and entry.person.id in _presenters(room, coming):
        return coming, entry.person.id
    return None


def _may_take(entry: Entry, people: tuple[Here, ...]) -> bool:
    holder = _person(people, entry.room.chair_id)
    chairs = entry.room.meeting.chair_id == entry.person.id
    return entry.seat.is_facilitator or (chairs and not (holder and holder.is_facilitator))


def give(
    room: Room,
    to: UUID,
    *,
    how: str,
    at: datetime,
    number: int | None = None,
    before: UUID | None = None,
) -> None:
    """Let `to` hold the controls, in the caller's transaction; `how` is how everybody is told.

    `number` is the round for which they are left. Whoever held them (or `before`) stays known, so
    that they can be given back.
    """
    room.chair_before_id = before or room.chair_id
    room.chair_id, room.chair_how, room.chair_since, room.chair_round = to, how, at, number
    touch(
        room,
        people=False,
        words=False,
        chair_id=to,
        chair_before_id=room.chair_before_id,
        chair_how=how,
        chair_since=at,
        chair_round=number,
    )


def turn(room: Room, *, begins: bool, at: datetime) -> None:
    """As a round begins, its presenter leaves the controls; as it ends, they come back by themselves.

    They go to the facilitator, to whoever chairs today, or to the next by name, of those who have
    the room open. Where nobody else has, as on one laptop in a room, they stay.
    """
    if room.recording:
        return
    if room.chair_round and holding.is_over(room.course, room.chair_round):
        _give_back(room, at)
    if begins and room.chair_id in _presenters(room, room.course.round):
        leave_to_present(room, at=at)


def leave_to_present(room: Room, *, at: datetime) -> None:
    """Let the proposed person hold the controls, while their holder presents the round under way."""
    assert room.chair_id
    people = people_of(room, at=at)
    day_chair = room.meeting.chair_id
    presenting = {room.chair_id, *_presenters(room, room.course.round)}
    others = holding.stand_ins(people, presenters=presenting, day_chair=day_chair)
    if others and not room.recording:
        give(room, others[0].id, how="round", at=at, number=room.course.round)


def _give_back(room: Room, at: datetime) -> None:
    """To whoever left them for the round that is over, if they are here and may hold them again."""
    before = _person(people_of(room, at=at), room.chair_before_id)
    here = before and before.status == "entered"
    if before and here and before.id not in _presenters(room, room.course.round):
        give(room, before.id, how="back", at=at)
    else:
        Room.objects.filter(pk=room.pk).update(chair_round=None)


def since(room: Room) -> datetime:
    """When whoever holds the controls began to."""
    return room.chair_since or room.opened_at


@transaction.atomic
def keep_in_sight(room: Room, person: Person, *, at: datetime) -> None:
    """Note that whoever holds the controls looks at the room by a page without a stream."""
    Presence.objects.update_or_create(room=room, person=person, defaults={"until": at + LIVES})
    touch(room, words=False)


def people_inside(room: Room) -> set[UUID]:
    """Who has entered, has not left, and still has a seat in the set."""
    seated = Membership.objects.seated().filter(learning_set=room.meeting.learning_set_id)
    here = CheckIn.objects.filter(room=room, left_at=None, person__in=seated.values("person"))
    return set(here.exclude(entered_at=None).values_list("person_id", flat=True))


def _presenters(room: Room, number: int | None) -> tuple[UUID, ...]:
    if number is None or room.recording:
        return ()
    row = Round.objects.filter(room=room, number=number).first()
    return row.presenters if row else ()


def _person(people: tuple[Here, ...], person: UUID | None) -> Here | None:
    return next((each for each in people if each.id == person), None)
