"""The letter that says that too few can come, with the next best date. It names nobody."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from setwise.meetings.models import Meeting
from setwise.meetings.offer import Offer
from setwise.meetings.quorum import Quorum
from setwise.outbox import posting
from setwise.people import mailing
from setwise.people.models import Person


def post(
    meeting: Meeting, reader: Person, quorum: Quorum, offer: Offer | None, *, at: datetime
) -> None:
    """Tell the convenor, by day where they are; it dies with the meeting's start."""
    mailing.post(
        key=f"{_prefix(meeting)}{at.isoformat()}",
        to=reader,
        template="meetings/email/too_few",
        context={
            "meeting": meeting,
            "learning_set": meeting.learning_set,
            "reader": reader,
            "elsewhere": reader.zone != meeting.zone,
            "quorum": quorum,
            "offer": offer,
            "url": settings.SETWISE_ORIGIN + reverse("meetings:meeting", args=[meeting.id]),
        },
        by_day=True,
        expires_at=meeting.starts_at,
    )


def withdraw(meeting: Meeting) -> None:
    """End a letter that still waits, since enough can come or something was decided."""
    posting.withdraw(key_prefix=_prefix(meeting))


def _prefix(meeting: Meeting) -> str:
    return f"too-few:{meeting.id}:"
