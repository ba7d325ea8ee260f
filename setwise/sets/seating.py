"""Leaving, suspending and ending a membership.

Whoever goes is waited for no more: a proposal to which all the others have said yes is in force then.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from setwise.people import mailing, reminding
from setwise.sets import graduating
from setwise.sets.agreeing import settle_without
from setwise.sets.emptying import empty_due
from setwise.sets.models import LearningSet, Membership
from setwise.sets.seats import Seat

OWN = "To end your own membership, leave the set."


class NotPossible(Exception):
    """The step cannot be taken as things are; the message is a sentence to show."""


@transaction.atomic
def leave(seat: Seat, *, at: datetime) -> None:
    """Leave: always possible, no reason asked. The last to leave closes the set."""
    learning_set = locked(seat)
    current = Membership.objects.current().filter(learning_set=learning_set)
    current.filter(person=seat.person).update(left_at=at, left_how="left")
    close_if_empty(learning_set, at=at)
    reminding.withdraw_within(seat.person.id, learning_set.pk)
    gone(learning_set, at=at)


def close_if_empty(learning_set: LearningSet, *, at: datetime) -> None:
    """Close a set that nobody can enter any more: whoever is suspended is not let in by anybody."""
    if not Membership.objects.seated().filter(learning_set=learning_set).exists():
        LearningSet.objects.filter(pk=learning_set.pk, closed_at=None).update(closed_at=at)


@transaction.atomic
def suspend(seat: Seat, membership: Membership, *, at: datetime) -> None:
    """Close the door to one person for safety. The set learns that, not why."""
    seat.must(seat.is_facilitator, "Only the facilitator can suspend someone’s access.")
    learning_set = locked(seat)
    if membership.person_id == seat.person.id:
        raise NotPossible("You cannot suspend yourself; you can leave.")
    changed = (
        Membership.objects.seated()
        .filter(pk=membership.pk, learning_set=learning_set)
        .update(suspended_at=at)
    )
    if changed:
        reminding.withdraw_within(membership.person_id, learning_set.pk)
        gone(learning_set, at=at)
        _tell(membership, "suspended", at)


@transaction.atomic
def restore(seat: Seat, membership: Membership, *, at: datetime) -> None:
    """Open the door again."""
    seat.must(seat.is_facilitator, "Only the facilitator can do this.")
    learning_set = locked(seat)
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

    Anyone else in the set may, also the facilitator's; the set sees who did. `talked` is the word of
    whoever presses that this conversation was held: without it nothing is done.
    """
    learning_set = locked(seat)
    current = Membership.objects.current().filter(learning_set=learning_set)
    if membership.person_id == seat.person.id:
        raise NotPossible(OWN)
    if not talked:
        raise NotPossible("Talk with the person first, and say here that you did.")
    one = current.filter(pk=membership.pk)
    if one.update(left_at=at, left_how="ended", ended_by=seat.person):
        reminding.withdraw_within(membership.person_id, learning_set.pk)
        gone(learning_set, at=at)
        _tell(membership, "ended", at)


def ended(learning_set: LearningSet) -> QuerySet[Membership]:
    """The memberships that others ended, of people who have not come back; the last first."""
    belonging = Membership.objects.current().filter(learning_set=learning_set)
    return (
        Membership.objects.filter(learning_set=learning_set, left_how="ended")
        .exclude(person__in=belonging.values("person"))
        .select_related("person", "ended_by")
        .order_by("-left_at")
    )


def locked(seat: Seat) -> LearningSet:
    """The seat's set, locked: whoever changes seats does it one after the other."""
    return locked_set(seat.learning_set.pk)


def locked_set(pk: UUID) -> LearningSet:
    """The same by the set's id, for whoever has no seat in it any more."""
    learning_set = LearningSet.objects.select_for_update().get(pk=pk)
    empty_due(learning_set, at=timezone.now())
    return learning_set


def gone(learning_set: LearningSet, *, at: datetime) -> None:
    """Say that somebody's seat went, in the transaction in which it did."""
    learning_set.seats_moved()
    settle_without(learning_set, at=at)
    graduating.settle_without(learning_set, at=at)


def _tell(membership: Membership, news: str, at: datetime) -> None:
    mailing.post(
        key=f"seat-{news}:{membership.id}:{at.isoformat()}",
        to=membership.person,
        template=f"sets/email/{news}",
        context={"learning_set": membership.learning_set},
    )
