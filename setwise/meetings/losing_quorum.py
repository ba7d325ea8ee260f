"""Apologies that leave too few: whoever convenes the meeting is told, once for each time it happens."""

from __future__ import annotations

from datetime import datetime

from setwise.meetings import next_best, quorum, rotating, too_few_mail
from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.sets.models import Membership


def look(meeting: Meeting, *, more_apologies: int, at: datetime) -> None:
    """See what an answer did: `more_apologies` is 1, or -1 where somebody comes after all.

    Call in the transaction that changed the answer and holds the meeting's row, so that of two
    apologies at once one is the one that lost it. A letter that still waits for the morning is
    withdrawn where enough can come again.
    """
    now = quorum.of(meeting)
    could = now.coming + now.unanswered + more_apologies >= now.needed
    if not now.lost:
        too_few_mail.withdraw(meeting)
        return
    due = could and not meeting.goes_ahead_at and meeting.starts_at > at
    if due and (reader := convenor(meeting, at=at)):
        too_few_mail.post(meeting, reader, now, next_best.of(meeting, at=at), at=at)


def convenor(meeting: Meeting, *, at: datetime) -> Person | None:
    """Who is asked to find another date: the facilitator, else whoever arranged it, else by turns."""
    seats = Membership.objects.seated().filter(learning_set=meeting.learning_set_id)
    seats = seats.select_related("person")
    led = seats.facilitating().first() or seats.filter(person=meeting.arranged_by_id).first()
    if led:
        return led.person
    turn = rotating.convenors([meeting.learning_set_id], at=at).get(meeting.learning_set_id)
    return turn.person if turn else None
