"""Whom a meeting expects: its set's people, but for those who sent apologies."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from setwise.meetings.models import Meeting, Reply
from setwise.people.models import Person
from setwise.sets.models import Membership


def expected(
    meetings: Collection[Meeting], person: Person | None = None, *, members_only: bool = False
) -> list[tuple[Meeting, Person]]:
    """Each meeting with each of its set's people who has not sent apologies; two queries.

    `person` asks about them alone.
    """
    if not meetings:
        return []
    sets = {meeting.learning_set_id for meeting in meetings}
    seats = Membership.objects.seated().filter(learning_set__in=sets)
    sorry = Reply.objects.filter(meeting__in=meetings, answer="apologies")
    if members_only:
        seats = seats.filter(is_member=True)
    if person:
        seats, sorry = seats.filter(person=person), sorry.filter(person=person)
    away = set(sorry.values_list("meeting_id", "person_id"))
    people: dict[UUID, list[Person]] = {}
    for seat in seats.select_related("person"):
        people.setdefault(seat.learning_set_id, []).append(seat.person)
    return [
        (meeting, each)
        for meeting in meetings
        for each in people.get(meeting.learning_set_id, ())
        if (meeting.id, each.id) not in away
    ]
