"""Whose turn it is where nobody facilitates: to chair a meeting, and to arrange the next one.

The rule for both: whoever never did it stands first, then whoever did it longest ago; of two who
are equal, whoever joined earlier. Anyone willing may do it instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Max

from setwise.meetings.models import Meeting, Reply
from setwise.people.models import Person
from setwise.sets.models import Membership

LONG_AGO = datetime.min.replace(tzinfo=UTC)
Last = dict[UUID, datetime]  # by person, when they last did it


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is; `agreed` if they said so themselves, `last` when they last did it."""

    person: Person
    agreed: bool
    last: datetime | None


def chairs(meetings: Collection[Meeting], *, at: datetime) -> dict[UUID, Turn]:
    """By meeting, who chairs it: of those coming, that no facilitator leads.

    Meetings before them in the same set take their turns first. Whoever sends apologies is passed
    over. A number of queries that does not grow.
    """
    if not meetings:
        return {}
    sets = {meeting.learning_set_id for meeting in meetings}
    seats = _seats(sets)
    coming = list(Meeting.objects.filter(learning_set__in=sets).coming(at=at))
    away = _apologies(coming)
    last = _last_chaired(sets, at)
    found: dict[UUID, Turn] = {}
    for meeting in coming:
        here = [s for s in seats[meeting.learning_set_id] if s.person_id not in away[meeting.id]]
        if any(seat.facilitates_at(meeting.starts_at) for seat in here):
            continue
        members = [seat for seat in here if seat.is_member]
        if turn := _turn(members, last[meeting.learning_set_id], meeting.chair_id):
            found[meeting.id] = turn
            last[meeting.learning_set_id][turn.person.id] = meeting.starts_at
    return {meeting.id: found[meeting.id] for meeting in meetings if meeting.id in found}


def convenors(sets: Collection[UUID], *, at: datetime) -> dict[UUID, Turn]:
    """By set, whose turn it is to arrange the next meeting, where nobody facilitates."""
    if not sets:
        return {}
    last: dict[UUID, Last] = defaultdict(dict)
    arranged = Meeting.objects.filter(learning_set__in=sets).exclude(arranged_by=None)
    for set_id, person, when in arranged.values_list("learning_set_id", "arranged_by").annotate(
        when=Max("arranged_at")
    ):
        last[set_id][person] = when
    found = {}
    for set_id, seats in _seats(sets).items():
        members = [seat for seat in seats if seat.is_member]
        led = any(seat.facilitates_at(at) for seat in seats)
        if not led and (turn := _turn(members, last[set_id], None)):
            found[set_id] = turn
    return found


def _seats(sets: Collection[UUID]) -> dict[UUID, list[Membership]]:
    found: dict[UUID, list[Membership]] = defaultdict(list)
    rows = Membership.objects.seated().filter(learning_set__in=sets).select_related("person")
    for row in rows:
        found[row.learning_set_id].append(row)
    return found


def _apologies(meetings: Collection[Meeting]) -> dict[UUID, set[UUID]]:
    away: dict[UUID, set[UUID]] = defaultdict(set)
    sent = Reply.objects.filter(meeting__in=meetings, answer="apologies")
    for meeting_id, person in sent.values_list("meeting_id", "person_id"):
        away[meeting_id].add(person)
    return away


def _last_chaired(sets: Collection[UUID], at: datetime) -> dict[UUID, Last]:
    last: dict[UUID, Last] = defaultdict(dict)
    held = Meeting.objects.filter(learning_set__in=sets, cancelled_at=None, ends_at__lte=at)
    rows = held.exclude(chair=None).values_list("learning_set_id", "chair")
    for set_id, person, when in rows.annotate(when=Max("starts_at")):
        last[set_id][person] = when
    return last


def _turn(members: list[Membership], last: Last, agreed: UUID | None) -> Turn | None:
    def waited(seat: Membership) -> tuple[datetime, datetime, str]:
        return last.get(seat.person_id, LONG_AGO), seat.joined_at, seat.person.name

    willing = next((seat for seat in members if seat.person_id == agreed), None)
    if seat := willing or min(members, key=waited, default=None):
        return Turn(seat.person, willing is not None, last.get(seat.person_id))
    return None
