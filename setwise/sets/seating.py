"""Handing over the facilitator's seat; leaving, suspending and ending a membership."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from setwise.outbox import posting
from setwise.sets.models import LearningSet, Membership
from setwise.sets.seats import Seat


class NotPossible(Exception):
    """The step cannot be taken as things are; the message is a sentence to show."""


@transaction.atomic
def give_facilitation(seat: Seat, *, to: Membership | None, at: datetime) -> None:
    """Give the facilitator's seat to someone of the set, or to nobody (`to` None).

    The facilitator may; where the seat is empty, any member may take or give it, which is also how
    the step is undone. A facilitator from outside who gives the seat away leaves the set with it.
    """
    learning_set = _locked(seat)
    current = Membership.objects.current().filter(learning_set=learning_set)
    holder = current.filter(is_facilitator=True).first()
    if holder and holder.person_id != seat.person.id:
        raise PermissionDenied("Only the facilitator can give this seat to somebody else.")
    if holder and to and holder.pk == to.pk:
        return
    if holder:
        if holder.is_member:
            Membership.objects.filter(pk=holder.pk).update(is_facilitator=False)
        else:
            Membership.objects.filter(pk=holder.pk).update(left_at=at, left_how="left")
    if to:
        given = current.filter(pk=to.pk, suspended_at=None).update(is_facilitator=True)
        if not given:
            raise NotPossible("That person is not in the set any more.")
    learning_set.seats_moved()


@transaction.atomic
def leave(seat: Seat, *, at: datetime) -> None:
    """Leave: always possible, no reason asked. The last to leave closes the set."""
    learning_set = _locked(seat)
    current = Membership.objects.current().filter(learning_set=learning_set)
    current.filter(person=seat.person).update(left_at=at, left_how="left")
    if not current.exists():
        LearningSet.objects.filter(pk=learning_set.pk).update(closed_at=at)
    learning_set.seats_moved()


@transaction.atomic
def suspend(seat: Seat, membership: Membership, *, at: datetime) -> None:
    """Close the door to one person for safety. The set learns that, not why."""
    seat.must(seat.is_facilitator, "Only the facilitator can suspend someone’s access.")
    learning_set = _locked(seat)
    if membership.person_id == seat.person.id:
        raise NotPossible("You cannot suspend yourself; you can leave.")
    changed = (
        Membership.objects.seated()
        .filter(pk=membership.pk, learning_set=learning_set)
        .update(suspended_at=at)
    )
    if changed:
        learning_set.seats_moved()
        _tell(membership, "suspended", at)


@transaction.atomic
def restore(seat: Seat, membership: Membership, *, at: datetime) -> None:
    """Open the door again."""
    seat.must(seat.is_facilitator, "Only the facilitator can do this.")
    learning_set = _locked(seat)
    changed = (
        Membership.objects.current()
        .filter(pk=membership.pk, learning_set=learning_set)
        .exclude(suspended_at=None)
        .update(suspended_at=None)
    )
    if changed:
        learning_set.seats_moved()
        _tell(membership, "restored", at)


@transaction.atomic
def end(seat: Seat, membership: Membership, *, talked: bool, at: datetime) -> None:
    """End someone's membership, after the others have talked with them.

    The facilitator may; where there is none, any other member may. `talked` is the word of whoever
    presses that this conversation was held: without it nothing is done.
    """
    learning_set = _locked(seat)
    current = Membership.objects.current().filter(learning_set=learning_set)
    has_facilitator = current.filter(is_facilitator=True, suspended_at=None).exists()
    seat.must(
        seat.is_facilitator or (seat.is_member and not has_facilitator),
        "Only the facilitator can end a membership.",
    )
    if membership.person_id == seat.person.id:
        raise NotPossible("To end your own membership, leave the set.")
    if not talked:
        raise NotPossible("Talk with the person first, and say here that you did.")
    if current.filter(pk=membership.pk).update(left_at=at, left_how="ended"):
        learning_set.seats_moved()
        _tell(membership, "ended", at)


def _locked(seat: Seat) -> LearningSet:
    return LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)


def _tell(membership: Membership, news: str, at: datetime) -> None:
    posting.post(
        key=f"seat-{news}:{membership.id}:{at.isoformat()}",
        to=membership.person,
        template=f"sets/email/{news}",
        context={"learning_set": membership.learning_set},
    )
