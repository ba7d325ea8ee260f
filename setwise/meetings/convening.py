"""Who convenes a poll: whoever opened it, while they belong; then the facilitator, or by turns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from setwise.meetings import rotating
from setwise.meetings.models import Poll
from setwise.people.models import Person
from setwise.sets.models import Membership
from setwise.sets.seats import Seat

MAY_NOT = "Whoever opened this poll settles it, or your facilitator."


class NotOpen(Exception):
    """The poll takes this no more: it was closed, settled or cancelled."""


def convenor(poll: Poll, *, at: datetime) -> Person | None:
    """Who is told of the poll and reads its notes; None only where nobody belongs to the set."""
    return convenors([poll], at=at).get(poll.id)


def convenors(polls: Collection[Poll], *, at: datetime) -> dict[UUID, Person]:
    """The same for several polls, by their ids, in a number of queries that does not grow."""
    sets = {poll.learning_set_id for poll in polls}
    seats = Membership.objects.seated().filter(learning_set__in=sets).select_related("person")
    people: dict[UUID, dict[UUID, Membership]] = {set_id: {} for set_id in sets}
    for seat in seats:
        people[seat.learning_set_id][seat.person_id] = seat
    found: dict[UUID, Person] = {}
    for poll in polls:
        here = people[poll.learning_set_id]
        led = next((seat for seat in here.values() if seat.facilitates_at(at)), None)
        opener = here.get(poll.opened_by_id) if poll.opened_by_id else None
        if convenes := opener or led:
            found[poll.id] = convenes.person
    left = [poll for poll in polls if poll.id not in found]
    turns = rotating.convenors({poll.learning_set_id for poll in left}, at=at)
    return found | {
        poll.id: turns[poll.learning_set_id].person
        for poll in left
        if poll.learning_set_id in turns
    }


def may_convene(seat: Seat, poll: Poll) -> bool:
    """Whoever opened it and the facilitator may; anyone in the set where nobody facilitates."""
    if seat.is_facilitator or poll.opened_by_id == seat.person.id:
        return True
    led = Membership.objects.facilitating().filter(learning_set=poll.learning_set_id)
    return not led.exists()
