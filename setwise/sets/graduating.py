"""Graduation: the facilitator proposes a day, everyone agrees, and on it their seat empties."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from setwise.people import mailing
from setwise.people.models import Person
from setwise.sets.models import Graduation, GraduationAnswer, LearningSet, Membership
from setwise.sets.seats import Seat

LATEST = timedelta(days=731)
DAY = "Choose a day from tomorrow on, within two years."
NO_MORE = "That is not being agreed any more."
OVER = "That is over, or was taken back already."


class NotNow(Exception):
    """The step cannot be taken as things are; the message is a sentence to show."""


def standing(learning_set: LearningSet, *, at: datetime) -> Graduation | None:
    """What is proposed or agreed, and still to come."""
    rows = Graduation.objects.filter(learning_set=learning_set).standing(at=at)
    return rows.select_related("facilitator__person").order_by("-proposed_at").first()


def took_effect(learning_set: LearningSet, *, at: datetime) -> Graduation | None:
    """The last graduation that emptied the seat."""
    rows = Graduation.objects.filter(
        learning_set=learning_set,
        withdrawn_at=None,
        agreed_at__isnull=False,
        takes_effect_at__lte=at,
    )
    return rows.select_related("facilitator__person").order_by("-takes_effect_at").first()


def owed_by(person: Person, *, at: datetime) -> dict[UUID, Graduation]:
    """By set, the proposal that waits for this member's answer."""
    rows = (
        Graduation.objects.visible_to(person)
        .standing(at=at)
        .filter(
            agreed_at=None,
            learning_set__memberships__in=Membership.objects.seated().filter(
                person=person, is_member=True
            ),
        )
        .exclude(answers__person=person)
        .exclude(facilitator__person=person)
        .select_related("facilitator__person")
    )
    return {row.learning_set_id: row for row in rows}


def asked(row: Graduation) -> list[Person]:
    """Whom the proposal needs: every member but the facilitator, by name."""
    members = Membership.objects.seated().filter(learning_set=row.learning_set_id, is_member=True)
    rows = members.exclude(pk=row.facilitator_id).select_related("person")
    return [each.person for each in rows.order_by("person__name")]


@transaction.atomic
def propose(seat: Seat, *, on: date, at: datetime) -> Graduation:
    """Propose that the seat empties as the day `on` begins where the facilitator is.

    Each member is asked, by e-mail too. Raises NotNow with a sentence where that cannot be.
    """
    seat.must_go_on()
    seat.must(seat.is_facilitator, "The facilitator proposes this.")
    learning_set = _locked(seat)
    zone = seat.person.tzinfo
    today = at.astimezone(zone).date()
    if not today < on <= today + LATEST:
        raise NotNow(DAY)
    if standing(learning_set, at=at):
        raise NotNow("A day is proposed already. Take it back first.")
    holder = Membership.objects.facilitating().get(learning_set=learning_set)
    row = Graduation(
        learning_set=learning_set,
        facilitator=holder,
        proposed_at=at,
        takes_effect_at=datetime.combine(on, time(), tzinfo=zone),
    )
    if not asked(row):
        raise NotNow("There is nobody else in the set yet to go on without you.")
    row.save(force_insert=True)
    _tell(row, "proposed", at)
    return row


@transaction.atomic
def answer(
    seat: Seat, row: Graduation, *, says: str, would_let: str = "", at: datetime
) -> Graduation:
    """Say `yes`, or `no` with what would let me. Once every member has said yes it is agreed.

    A *not yet* holds it up, or, until the day, undoes what was agreed: the facilitator stays.
    """
    seat.must_go_on()
    learning_set = _locked(seat)
    now = standing(learning_set, at=at)
    if now is None or now.pk != row.pk:
        raise NotNow(NO_MORE)
    asks = seat.is_member and not seat.is_facilitator
    seat.must(asks, "The members answer this; a facilitator can take the proposal back.")
    said = GraduationAnswer.objects.filter(graduation=now, person=seat.person).first()
    said = said or GraduationAnswer(graduation=now, person=seat.person, key_id=learning_set.key_id)
    said.answer, said.answered_at, said.would_let_sealed = says, at, None
    if says == "no" and would_let:
        said.seal_would_let(would_let)
    said.save()
    if says == "no" and now.agreed_at:
        _empties_at(now, None, agreed_at=None)
        _tell(now, "reopened", at)
    _settle(now, at)
    return now


@transaction.atomic
def withdraw(seat: Seat, row: Graduation, *, at: datetime) -> None:
    """Take it back before its day: the facilitator stays. Everyone is told."""
    seat.must_go_on()
    seat.must(seat.is_facilitator, "The facilitator takes this back; a member says “not yet”.")
    now = standing(_locked(seat), at=at)
    if now is None or now.pk != row.pk:
        raise NotNow(OVER)
    void(now.learning_set, at=at)
    _tell(now, "withdrawn", at)


def void(learning_set: LearningSet, *, at: datetime) -> None:
    """What was proposed or agreed holds no more: the seat was given to somebody else."""
    for row in Graduation.objects.filter(learning_set=learning_set).standing(at=at):
        Graduation.objects.filter(pk=row.pk).update(withdrawn_at=at)
        Membership.objects.filter(pk=row.facilitator_id).update(facilitates_until=None)


def settle_without(learning_set: LearningSet, *, at: datetime) -> None:
    """Agree what everyone who is left has said yes to. Call after somebody's seat went."""
    if row := standing(learning_set, at=at):
        _settle(row, at)


def _settle(row: Graduation, at: datetime) -> None:
    needed = {person.id for person in asked(row)}
    yes = set(row.answers.filter(answer="yes").values_list("person_id", flat=True))
    if row.agreed_at is None and needed and needed <= yes:
        _empties_at(row, row.takes_effect_at, agreed_at=at)
        _tell(row, "agreed", at)


def _empties_at(row: Graduation, moment: datetime | None, *, agreed_at: datetime | None) -> None:
    row.agreed_at = agreed_at
    row.save(update_fields=["agreed_at"])
    Membership.objects.filter(pk=row.facilitator_id).update(facilitates_until=moment)
    row.learning_set.seats_moved()


def _locked(seat: Seat) -> LearningSet:
    return LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)


def _tell(row: Graduation, news: str, at: datetime) -> None:
    """Post one letter to each in the set; the day in their own zone, and nobody's words."""
    needed = {person.id for person in asked(row)}
    seated = Membership.objects.seated().filter(learning_set=row.learning_set_id)
    for membership in seated.select_related("person"):
        person = membership.person
        mailing.post(
            key=f"graduation-{news}:{row.id}:{membership.id}:{at.isoformat()}",
            to=person,
            template="sets/email/graduation",
            context={
                "learning_set": row.learning_set,
                "row": row,
                "news": news,
                "reader": person,
                "asks": news in ("proposed", "reopened") and person.id in needed,
            },
        )
