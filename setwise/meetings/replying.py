from __future__ import annotations

from datetime import datetime

from django.db import transaction

from setwise.meetings.models import Meeting, Reply
from setwise.meetings.scheduling import NotChangeable
from setwise.sets.seats import Seat


@transaction.atomic
def reply(seat: Seat, meeting: Meeting, *, answer: str, at: datetime) -> Reply:
    """Say yes or send apologies; the last answer stands. No reason is asked.

    Raises NotChangeable once the meeting is cancelled or over.
    """
    if meeting.cancelled_at or meeting.ends_at <= at:
        raise NotChangeable
    row, _ = Reply.objects.update_or_create(
        meeting=meeting, person=seat.person, defaults={"answer": answer, "answered_at": at}
    )
    return row
