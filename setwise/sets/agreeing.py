"""Agreeing ground rules: *Can you live with this?* Silence is neither consent nor veto."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from setwise.people.models import Person
from setwise.sets.models import Assent, GroundRules, LearningSet, Membership
from setwise.sets.seats import Seat

FLOOR_PROTOCOL = "first-meeting"
ANSWERABLE = ("proposed", "in force")


class NotProposed(Exception):
    """There is nothing to answer: the version was withdrawn, or is already past."""


def rules_in_force(learning_set: LearningSet) -> GroundRules | None:
    return GroundRules.objects.filter(learning_set=learning_set, state="in force").first()


def current_settings(learning_set: LearningSet) -> GroundRules:
    """The version in force, or the floor (an unsaved version): the set's binding settings."""
    rules = rules_in_force(learning_set)
    return rules or GroundRules(
        learning_set=learning_set, number=0, protocol=FLOOR_PROTOCOL, record_readers="presenter"
    )


def being_agreed(learning_set: LearningSet) -> GroundRules | None:
    """The version being written or proposed, if there is one."""
    states = ("draft", "proposed")
    return GroundRules.objects.filter(learning_set=learning_set, state__in=states).first()


def is_proposed(learning_set: LearningSet) -> bool:
    """Whether people are being asked just now; to change the words is to ask them again."""
    return GroundRules.objects.filter(learning_set=learning_set, state="proposed").exists()


def asked_about(
    person: Person, learning_set: LearningSet, *, version: UUID | None = None
) -> GroundRules | None:
    """What this person is asked: the version that waits for them, else a proposal, else the rules in
    force, which anybody may reopen. With `version`, that one, while it can be answered still."""
    if version:
        answerable = GroundRules.objects.visible_to(person).filter(state__in=ANSWERABLE)
        return answerable.filter(learning_set=learning_set, pk=version).first()
    proposal = GroundRules.objects.filter(learning_set=learning_set, state="proposed").first()
    return owed_by(person).get(learning_set.id) or proposal or rules_in_force(learning_set)


def owed_by(person: Person) -> dict[UUID, GroundRules]:
    """By set, the version that waits for this person's answer: a proposal first."""
    waiting = (
        GroundRules.objects.visible_to(person)
        .filter(state__in=ANSWERABLE)
        .exclude(assents__person=person)
        .order_by("state")  # "in force" before "proposed", which overwrites it
    )
    return {rules.learning_set_id: rules for rules in waiting}


def owes_answer(person: Person, learning_set: LearningSet) -> GroundRules | None:
    """The version in force that this person has not yet answered: due before their next meeting."""
    in_force = rules_in_force(learning_set)
    if in_force is None or in_force.assents.filter(person=person).exists():
        return None
    return in_force


@transaction.atomic
def answer(
    seat: Seat, rules: GroundRules, *, says: str, would_let: str = "", at: datetime
) -> GroundRules:
    """Answer *Can you live with this?*: `yes`, or `no` with what would let me.

    A proposal that every current member has said yes to is in force at once. A no keeps the earlier
    version or the floor. For a version already in force the answer is an absentee's, recorded late:
    their no reopens it at the next meeting, and the agreed rules hold until then.
    Raises NotProposed for a version that waits for nobody.
    """
    rules = GroundRules.objects.select_for_update().get(pk=rules.pk)
    if rules.state not in ANSWERABLE:
        raise NotProposed
    assent = Assent.objects.filter(rules=rules, person=seat.person).first() or Assent(
        rules=rules, person=seat.person, key_id=seat.learning_set.key_id
    )
    assent.answer, assent.answered_at, assent.would_let_sealed = says, at, None
    if says == "yes":
        assent.agreed_at = assent.agreed_at or at
    if says == "no" and would_let:
        assent.seal_would_let(would_let)
    assent.save()
    _settle_between_meetings(rules, at=at)
    return rules


def settle_without(learning_set: LearningSet, *, at: datetime) -> None:
    """Put a proposal in force that all who are left have said yes to.

    Call in the transaction in which somebody's seat went, after it went. Their last answer and this
    are decided under one lock on the version: whichever comes second sees the first.
    """
    rules = (
        GroundRules.objects.select_for_update()
        .filter(learning_set=learning_set, state="proposed")
        .first()
    )
    if rules:
        _settle_between_meetings(rules, at=at)


def _settle_between_meetings(rules: GroundRules, *, at: datetime) -> None:
    if rules.state == "proposed":
        everyone = Membership.objects.seated().filter(learning_set=rules.learning_set_id)
        _settle(rules, needed=set(everyone.values_list("person_id", flat=True)), at=at)


@transaction.atomic
def settle_at_meeting(rules: GroundRules, *, present: Collection[UUID], at: datetime) -> bool:
    """Put a proposal in force when all present at a meeting with a quorum have said yes.

    The quorum is that of the version in force, or of the proposal where there is none. True if the
    version is in force now. Whoever is absent agrees, or reopens a clause, before their next meeting.
    """
    rules = GroundRules.objects.select_for_update().get(pk=rules.pk)
    if rules.state != "proposed":
        return rules.state == "in force"
    members = set(
        Membership.objects.seated()
        .filter(learning_set=rules.learning_set, is_member=True)
        .values_list("person_id", flat=True)
    )
    earlier = rules_in_force(rules.learning_set)
    quorum = min((earlier or rules).quorum, len(members))
    if len(members & set(present)) < quorum:
        return False
    return _settle(rules, needed=set(present), at=at)


def _settle(rules: GroundRules, *, needed: set[UUID], at: datetime) -> bool:
    yes = set(rules.assents.filter(answer="yes").values_list("person_id", flat=True))
    if not needed or not needed <= yes:
        return False
    GroundRules.objects.filter(learning_set=rules.learning_set, state="in force").update(
        state="past", past_at=at
    )
    rules.state, rules.in_force_at = "in force", at
    rules.save(update_fields=["state", "in_force_at"])
    return True
