"""Checking in: someone says they are here, whoever holds the controls checks them in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from setwise.room import attending, chairing
from setwise.room.entering import Entry, current_round, touch
from setwise.room.models import CheckIn, Room, Round
from setwise.room.refusing import Refusal
from setwise.sets.agreeing import owes_answer
from setwise.sets.models import Membership


def knock(entry: Entry, *, at: datetime) -> None:
    """Say *I am here*. Whoever owes an answer to the ground rules gives it first.

    The facilitator needs nobody to check them in, and holds the controls while the first step is
    not over. Where nobody is in the room any more, whoever comes holds them. Whoever had left is
    checked in again: what was said in between stays closed until they have entered.
    """
    if entry.room.closed_at:
        raise Refusal("", "The meeting is closed.")
    if owes_answer(entry.person, entry.seat.learning_set):
        raise Refusal("", "Read the ground rules and answer first: they were agreed without you.")
    row, _ = CheckIn.objects.get_or_create(room=entry.room, person=entry.person)
    if row.admitted_at and not row.left_at:
        return
    alone = not chairing.people_inside(entry.room)
    leads = entry.seat.is_facilitator and not entry.room.recording
    CheckIn.objects.filter(pk=row.pk).update(
        knocked_at=at,
        left_at=None,
        admitted_at=at if alone or leads else None,
        entered_at=at if alone or (leads and not _in_round(entry.room)) else None,
    )
    touch(entry.room, words=False)
    takes = alone or (leads and entry.room.course.position == 0)
    if takes and entry.room.chair_id != entry.person.id:
        chairing.give(entry.room, entry.person.id, how="given", at=at)


def admit(entry: Entry, *, who: Collection[UUID] | None, at: datetime) -> None:
    """Check in these people, or everyone who knocked (`who` None).

    In the middle of a round a latecomer is admitted now and enters at the next stage.
    """
    entry.must_hold_controls()
    room = entry.room
    if who is None:
        waiting = CheckIn.objects.filter(room=room, admitted_at=None).exclude(knocked_at=None)
        who = set(waiting.values_list("person_id", flat=True))
    who = set(who) - {entry.person.id}  # whoever checks others in is here
    seated = Membership.objects.seated().filter(
        learning_set=entry.seat.learning_set, person__in=who
    )
    entered_at = None if _in_round(room) else at
    for membership in seated.select_related("person"):
        if owes_answer(membership.person, entry.seat.learning_set):
            raise Refusal("", f"{membership.person} answers the ground rules first, on their page.")
        row, made = CheckIn.objects.get_or_create(
            room=room,
            person=membership.person,
            defaults={"admitted_at": at, "entered_at": entered_at},
        )
        if not made:
            CheckIn.objects.filter(pk=row.pk).update(
                admitted_at=row.admitted_at or at,
                entered_at=(row.entered_at if not row.left_at else None) or entered_at,
                left_at=None,
            )
    if room.recording:
        for round_ in Round.objects.filter(room=room).select_related("room"):
            attending.note_who_is_here(round_)
    touch(room, words=False)


def mark_left(entry: Entry, *, who: UUID, at: datetime) -> None:
    """Note that somebody has gone, or was checked in by mistake: they read nothing from now on."""
    if who != entry.person.id:
        entry.must_hold_controls()
    CheckIn.objects.filter(room=entry.room, person_id=who).update(left_at=at, hand_raised_at=None)
    touch(entry.room, words=False)


def let_see_earlier(entry: Entry, *, who: UUID) -> None:
    """The presenter lets a latecomer read what was written in this round before they came."""
    presents = current_round(entry.room)
    if presents is None or entry.person.id not in presents.presenters:
        raise PermissionDenied("Only the presenter can agree to this.")
    if CheckIn.objects.filter(room=entry.room, person_id=who, left_at=None).exists():
        attending.note(presents, [who])
    touch(entry.room)


def enter_waiting(room: Room, *, at: datetime) -> None:
    """At a new stage, whoever was admitted in the middle of the last one enters."""
    CheckIn.objects.filter(room=room, entered_at=None, left_at=None).exclude(
        admitted_at=None
    ).update(entered_at=at)


def _in_round(room: Room) -> bool:
    return bool(room.course.round) and not room.recording
