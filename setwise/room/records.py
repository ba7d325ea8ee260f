"""The record of a round: its presenter's, and whose else the notes rule says."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from setwise.people.models import Person
from setwise.room.models import Attended, Review, Room, Round
from setwise.sets.agreeing import current_settings
from setwise.sets.models import LearningSet, Membership


def readable_rounds(person: Person, learning_set: LearningSet) -> QuerySet[Round]:
    """The ended rounds of a set whose record this person may read, the newest first."""
    rounds = _ended().filter(room__meeting__learning_set=learning_set)
    may = Q(presenter=person)
    if _rule_opens(person, learning_set):
        may |= _was_there(person)
    return rounds.filter(may).order_by("-room__opened_at", "number")


def record_of(person: Person, round_id: UUID) -> Round:
    """The round, if this person may read its record; else Http404, as for a round that is not.

    The presenter always may, also after leaving the set. Others were there, still belong, the rule
    at the time and the rule now both say so, and the presenter has not closed it.
    """
    row = _ended().filter(pk=round_id).first()
    if row is None:
        raise Http404
    if row.presenter_id == person.id:
        return row
    learning_set = row.room.meeting.learning_set
    if (
        not _rule_opens(person, learning_set)
        or not _ended().filter(_was_there(person), pk=round_id).exists()
    ):
        raise Http404
    return row


def last_review(room: Room) -> Review | None:
    """The review of the set's last meeting before this one: its one change opens this meeting."""
    return (
        Review.objects.filter(
            room__meeting__learning_set=room.meeting.learning_set_id,
            room__opened_at__lt=room.opened_at,
        )
        .order_by("-room__opened_at")
        .first()
    )


def _ended() -> QuerySet[Round]:
    return Round.objects.exclude(ended_at=None).select_related(
        "presenter", "room__meeting__learning_set"
    )


def _rule_opens(person: Person, learning_set: LearningSet) -> bool:
    belongs = Membership.objects.seated().filter(learning_set=learning_set, person=person)
    return belongs.exists() and current_settings(learning_set).record_readers == "present"


def _was_there(person: Person) -> Q:
    """There while it was under way, by a rule that opens it, which the presenter left so."""
    there = Attended.objects.filter(round=OuterRef("pk"), person=person)
    return Q(Exists(there), rule_readers="present", readers="present")
