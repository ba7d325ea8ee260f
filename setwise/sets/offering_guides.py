"""Offering somebody a short guide: a kindness between two people, which nobody else sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from setwise.coaching.guides import Guide
from setwise.people.models import Person
from setwise.sets import guides_here
from setwise.sets.models import GuideOffer, Membership
from setwise.sets.seats import Seat

LIFE = timedelta(days=60)  # then an offer that was not put away goes by itself


class NobodyHere(ValueError):
    """The person has no seat in this set, or the guide does not exist; the message says which."""


@dataclass(frozen=True, slots=True)
class Offer:
    id: UUID
    guide: Guide


@transaction.atomic
def offer(seat: Seat, *, to: UUID, guide: str, at: datetime) -> None:
    """Offer a guide: it is on that person's Today, and in their room. Offered twice, it is once.

    Only the facilitator may. Raises NobodyHere for whoever has no seat, and for an unknown guide.
    """
    seat.must_go_on()
    seat.must(seat.is_facilitator, "Only the facilitator offers guides.")
    if guide not in guides_here.known():
        raise NobodyHere("Choose a guide from the list.")
    seated = Membership.objects.seated().filter(learning_set=seat.learning_set, person=to)
    if to == seat.person.id or not seated.exists():
        raise NobodyHere("Choose somebody of this set.")
    GuideOffer.objects.get_or_create(
        learning_set=seat.learning_set, person_id=to, guide=guide, defaults={"at": at}
    )


def offered_to(person: Person, *, at: datetime, learning_set: UUID | None = None) -> list[Offer]:
    """What this person was offered and has not put away, in one query."""
    rows = GuideOffer.objects.visible_to(person).filter(at__gt=at - LIFE)
    if learning_set:
        rows = rows.filter(learning_set=learning_set)
    known = guides_here.known()
    return [Offer(row.id, known[row.guide]) for row in rows if row.guide in known]


def put_away(person: Person, offer_id: UUID) -> bool:
    """Erase the offer, read or not; False where it is not this person's."""
    deleted, _ = GuideOffer.objects.visible_to(person).filter(pk=offer_id).delete()
    return bool(deleted)


def erase_old(*, at: datetime) -> int:
    """Erase offers that nobody put away in time; returns how many."""
    deleted, _ = GuideOffer.objects.filter(at__lte=at - LIFE).delete()
    return deleted
