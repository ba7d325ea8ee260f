"""Giving the facilitator's seat to another: one visible step, which is kept and can be undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from setwise.people import mailing
from setwise.people.models import Person
from setwise.sets import graduating, seating
from setwise.sets.models import Handover, LearningSet, Membership
from setwise.sets.seating import NotPossible
from setwise.sets.seats import Seat

UNDO_FOR = timedelta(days=7)  # for a facilitator from outside, who left the set by giving


@transaction.atomic
def give_facilitation(seat: Seat, *, to: Membership | None, at: datetime) -> None:
    """Give the facilitator's seat to someone of the set, or to nobody (`to` None).

    The facilitator may; where the seat is empty, any member may take or give it. A facilitator from
    outside who gives the seat away leaves the set with it. Everyone in the set is told by e-mail.
    """
    seat.must_go_on()
    learning_set = seating.locked(seat)
    holder = _holder(learning_set)
    if holder and holder.person_id != seat.person.id:
        raise PermissionDenied("Only the facilitator can give this seat to somebody else.")
    if (holder and holder.pk) == (to and to.pk):
        return
    graduating.void(learning_set, at=at)
    if holder:
        _take_from(holder, at)
    if to and not _belonging(learning_set).filter(pk=to.pk).update(is_facilitator=True):
        raise NotPossible("That person is not in the set any more.")
    row = Handover.objects.create(
        learning_set=learning_set, giver=holder, taker=to, by=seat.person, at=at
    )
    seating.close_if_empty(learning_set, at=at)
    seating.gone(learning_set, at=at)
    _tell(row)


@transaction.atomic
def undo(seat: Seat, handover: Handover, *, at: datetime) -> Membership | None:
    """Undo the last handing over; whoever facilitates now, or None.

    The giver and the new holder may, and any member where the seat is empty. The earlier holder has
    the seat again, also one from outside, who had left the set by giving it away. Everyone is told.
    """
    seat.must_go_on()
    learning_set = seating.locked(seat)
    row = _undoable(learning_set, handover)
    seat.must(may_undo(seat, row), "Only the giver or the new holder can undo this.")
    return _undo(learning_set, row, by=seat.person, at=at)


def given_away(person: Person, pk: UUID, *, at: datetime) -> Handover:
    """The handing over with which this person left the set, for as long as they may undo it.

    A week, and while the seat is where they left it. Raises Http404 to everybody else.
    """
    rows = Handover.objects.filter(
        by=person,
        giver__person=person,
        giver__is_member=False,
        giver__left_at=F("at"),
        at__gt=at - UNDO_FOR,
        undone_at=None,
        learning_set__closed_at=None,
    )
    row = rows.filter(pk=pk).select_related("learning_set", "taker__person").first()
    latest = last(row.learning_set) if row else None
    if row is None or latest is None or latest.pk != row.pk or not _stands(row):
        raise Http404
    return row


@transaction.atomic
def take_back(person: Person, handover: Handover, *, at: datetime) -> None:
    """Undo a handing over with which one left the set; as `undo`, without a seat."""
    learning_set = seating.locked_set(handover.learning_set_id)
    row = _undoable(learning_set, handover)
    given_away(person, row.pk, at=at)
    _undo(learning_set, row, by=person, at=at)


def _undoable(learning_set: LearningSet, handover: Handover) -> Handover:
    row = last(learning_set)
    if row is None or row.pk != handover.pk or row.undone_at or not _stands(row):
        raise NotPossible("That was undone already, or the seat has been given on since.")
    return row


def _undo(
    learning_set: LearningSet, row: Handover, *, by: Person, at: datetime
) -> Membership | None:
    holder = _holder(learning_set)
    graduating.void(learning_set, at=at)
    if holder:
        _take_from(holder, at)
    if row.giver:
        _give_back(row.giver, row)
    Handover.objects.filter(pk=row.pk).update(undone_at=at, undone_by=by)
    learning_set.seats_moved()
    _tell(Handover.objects.get(pk=row.pk))
    return _holder(learning_set)


def last(learning_set: LearningSet) -> Handover | None:
    """The last handing over in the set, undone or not."""
    rows = Handover.objects.filter(learning_set=learning_set)
    people = ("giver__person", "taker__person", "by", "undone_by")
    return rows.select_related(*people).order_by("-at").first()


def may_undo(seat: Seat, row: Handover) -> bool:
    """Whether this person is offered to undo it now."""
    if row.undone_at or not (seat.learning_set.goes_on and _stands(row)):
        return False
    holder = _holder(row.learning_set)
    if holder is None and seat.is_member:
        return True
    return seat.person.id in (row.by_id, holder and holder.person_id)


def _stands(row: Handover) -> bool:
    """Whether the seat is where this left it, or empty, its holder having gone."""
    graduated = graduating.took_effect(row.learning_set, at=timezone.now())
    if graduated and graduated.takes_effect_at > row.at:
        return False
    holder = _holder(row.learning_set)
    return holder is None or holder.pk == row.taker_id


def _give_back(giver: Membership, row: Handover) -> None:
    belonging = _belonging(row.learning_set)
    if belonging.filter(person=giver.person_id).update(is_facilitator=True):
        return
    came_from_outside = Membership.objects.filter(pk=giver.pk, is_member=False, left_at=row.at)
    if not came_from_outside.update(left_at=None, left_how=""):
        raise NotPossible(f"{giver.person} is not in the set now. You can give the seat anew.")


def _holder(learning_set: LearningSet) -> Membership | None:
    held = Membership.objects.facilitating().filter(learning_set=learning_set)
    return held.select_related("person").first()


def _belonging(learning_set: LearningSet) -> QuerySet[Membership]:
    return Membership.objects.seated().filter(learning_set=learning_set)


def _take_from(holder: Membership, at: datetime) -> None:
    one = Membership.objects.filter(pk=holder.pk)
    if holder.is_member:
        one.update(is_facilitator=False)
    else:
        one.update(left_at=at, left_how="left")


def _tell(row: Handover) -> None:
    """Post one letter to each in the set, and to whoever left it by this. It says who facilitates,
    and how to undo it."""
    holder = _holder(row.learning_set)
    readers = list(_belonging(row.learning_set).select_related("person"))
    gave = Membership.objects.filter(is_member=False, left_at=row.at).select_related("person")
    left = gave.filter(pk=row.giver_id).first() if row.giver_id else None
    for membership in [*readers, *([left] if left else [])]:
        mailing.post(
            key=f"facilitator-{'undone' if row.undone_at else 'given'}:{row.id}:{membership.id}",
            to=membership.person,
            template="sets/email/facilitator",
            context={
                "learning_set": row.learning_set,
                "row": row,
                "holder": holder.person if holder else None,
                "yours": bool(holder and holder.pk == membership.pk),
                "until": row.at + UNDO_FOR if membership == left else None,
                "reader": membership.person,
            },
        )
