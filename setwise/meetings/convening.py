"""Who convenes a poll: whoever opened it, while they belong; then the facilitator, or by turns."""

from __future__ import annotations

from datetime import datetime

from setwise.meetings import rotating
from setwise.meetings.models import Poll
from setwise.people.models import Person
from setwise.sets.models import Membership
from setwise.sets.seats import Seat

MAY_NOT = "Whoever opened this poll settles it, or your facilitator."


class Refusal(Exception):
    """What was sent cannot be taken: a sentence for beside `field` ('' for the whole form)."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


class NotOpen(Exception):
    """The poll takes this no more: it was closed, settled or cancelled."""


def convenor(poll: Poll, *, at: datetime) -> Person | None:
    """Who is told of the poll and reads its notes; None only where nobody belongs to the set."""
    seats = Membership.objects.seated().filter(learning_set=poll.learning_set_id)
    seats = seats.select_related("person")
    if opener := seats.filter(person=poll.opened_by_id).first():
        return opener.person
    if led := seats.facilitating().first():
        return led.person
    turn = rotating.convenors([poll.learning_set_id], at=at).get(poll.learning_set_id)
    return turn.person if turn else None


def may_convene(seat: Seat, poll: Poll) -> bool:
    """Whoever opened it and the facilitator may; anyone in the set where nobody facilitates."""
    if seat.is_facilitator or poll.opened_by_id == seat.person.id:
        return True
    led = Membership.objects.facilitating().filter(learning_set=poll.learning_set_id)
    return not led.exists()
