from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from setwise.meetings.models import Meeting, Reply
from setwise.meetings.scheduling import NotChangeable
from setwise.sets.agreeing import rules_in_force
from setwise.sets.seats import Seat


@transaction.atomic
def reply(seat: Seat, meeting: Meeting, *, answer: str, at: datetime) -> Reply:
    """Say yes or send apologies; the last answer stands, however late. No reason is asked.

    Raises NotChangeable once the meeting is cancelled or over.
    """
    if meeting.cancelled_at or meeting.ends_at <= at:
        raise NotChangeable
    row, _ = Reply.objects.update_or_create(
        meeting=meeting, person=seat.person, defaults={"answer": answer, "answered_at": at}
    )
    return row


def agreed_notice(meeting: Meeting) -> timedelta | None:
    """How long before the meeting its set agreed to send apologies; None where it agreed nothing."""
    rules = rules_in_force(meeting.learning_set)
    hours = rules.apologies_notice_hours if rules else 0
    return timedelta(hours=hours) if hours else None


def is_late(meeting: Meeting, *, at: datetime) -> bool:
    """Whether apologies sent now come later than the set agreed. They are taken all the same."""
    notice = agreed_notice(meeting)
    return notice is not None and at > meeting.starts_at - notice
