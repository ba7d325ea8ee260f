"""Chairing a meeting in place of whoever is to: anyone willing, in one press."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from setwise.meetings import mail, rotating
from setwise.meetings.models import Meeting
from setwise.meetings.scheduling import NotChangeable
from setwise.sets.seats import Seat


class Led(Exception):
    """The facilitator leads this meeting."""


class RoomOpen(Exception):
    """The room is open: there the controls are handed over."""


@transaction.atomic
def volunteer(seat: Seat, meeting: Meeting, *, at: datetime) -> None:
    """Chair this meeting in place of whoever is to. Whoever is relieved of it is told by e-mail.

    Raises Led where the facilitator does, RoomOpen once the room is, NotChangeable once it is over.
    """
    seat.must(seat.is_member, "A member of the set chairs.")
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.cancelled_at or locked.ends_at <= at:
        raise NotChangeable
    if getattr(locked, "room", None):
        raise RoomOpen
    turn = rotating.chairs([locked], at=at).get(locked.id)
    if turn is None:
        raise Led
    if turn.person == seat.person and turn.agreed:
        return
    Meeting.objects.filter(pk=locked.pk).update(chair=seat.person)
    if turn.person != seat.person:
        mail.relieved(locked, relieved=turn.person, by=seat.person, at=at)
