"""The record of a round: its presenter's, and whose else the notes rule says."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from setwise.people.models import Person
from setwise.room.models import Attended, Review, Room, Round
from setwise.sets.agreeing import current_settings
from setwise.sets.models import GroundRules, LearningSet, Membership

_MINT = object()
OWN = "Only its presenter can do this to a record."


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """Proof that a round's record is this person's own. Only this module can make one."""

    person: Person
    row: Round
    minted_by: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.minted_by is not _MINT:
            raise TypeError("One's own record is taken with records.own, never by hand.")


def own(person: Person, round_id: UUID) -> OwnRecord:
    """The record as its presenter's. Others who may read it get PermissionDenied, the rest Http404."""
    row = record_of(person, round_id)
    if person.id not in row.presenters:
        raise PermissionDenied(OWN)
    return OwnRecord(person, row, _MINT)


def locked(mine: OwnRecord) -> Round:
    """The round as it is now, its room locked first: as in the room, one writes after the other."""
    Room.objects.filter(pk=mine.row.room_id).lock()
    own = Q(presenter=mine.person) | Q(shared_with=mine.person)
    row = _ended().filter(own, pk=mine.row.pk).first()
    if row is None:
        raise Http404
    return row


def readable_rounds(person: Person, learning_set: LearningSet) -> QuerySet[Round]:
    """The ended rounds of a set whose record this person may read, the newest first."""
    rounds = _ended().filter(room__meeting__learning_set=learning_set)
    may = Q(presenter=person) | Q(shared_with=person)
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
    if person.id in row.presenters:
        return row
    learning_set = row.room.meeting.learning_set
    if (
        not _rule_opens(person, learning_set)
        or not _ended().filter(_was_there(person), pk=round_id).exists()
    ):
        raise Http404
    return row


def may_be_opened(row: Round) -> bool:
    """Whether the notes rule, as it was and as it is, lets the presenter open it to the others."""
    now = current_settings(row.room.meeting.learning_set).record_readers
    return row.rule_readers == now == "present"


def opened_to_others() -> Q:
    """Whether those who were there may read a record: the rule then and now, and its presenter."""
    rules = GroundRules.objects.filter(
        learning_set=OuterRef("room__meeting__learning_set"),
        state="in force",
        record_readers="present",
    )
    return Q(Exists(rules), rule_readers="present", readers="present")


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
    return (
        Round.objects.exclude(ended_at=None)
        .filter(deleted_at=None)
        .select_related("presenter", "shared_with", "room__meeting__learning_set")
    )


def _rule_opens(person: Person, learning_set: LearningSet) -> bool:
    belongs = Membership.objects.seated().filter(learning_set=learning_set, person=person)
    return belongs.exists() and current_settings(learning_set).record_readers == "present"


def _was_there(person: Person) -> Q:
    """There while it was under way, by a rule that opens it, which the presenter left so.

    Whoever left the set and joins again is a newcomer to what was said before.
    """
    there = Attended.objects.filter(round=OuterRef("pk"), person=person)
    since = Membership.objects.seated().filter(
        learning_set=OuterRef("room__meeting__learning_set"),
        person=person,
        joined_at__lte=OuterRef("ended_at"),
    )
    return Q(Exists(there), Exists(since), rule_readers="present", readers="present")
