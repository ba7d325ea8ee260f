"""Presence: a time-to-live for each person who looks, written in one batch a process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.utils import timezone

from setwise.room.entering import touch
from setwise.room.holding import GONE_AFTER
from setwise.room.models import Presence, Room
from setwise.room.models.presence import LIVES
from setwise.room.stream.viewer import Viewer

EVERY = 15.0  # seconds between two batches
LATE = timedelta(seconds=EVERY + 5)  # a batch comes this late at most


def write(viewers: Iterable[Viewer]) -> None:
    """Say that these people are here; a room moves only when somebody has come or gone."""
    close_old_connections()
    with transaction.atomic():
        _write(viewers)


def _write(viewers: Iterable[Viewer]) -> None:
    at = timezone.now()
    here = {(viewer.meeting, viewer.person) for viewer in viewers}
    rooms = {
        room.meeting_id: room for room in Room.objects.filter(meeting__in={m for m, _ in here})
    }
    known = list(Presence.objects.filter(room__in=rooms.values(), until__gt=at - GONE_AFTER))
    before = {(row.room_id, row.person_id) for row in known if row.until > at}
    passed = {row.room_id for row in known if _just_passed(row, at)}
    now = {(rooms[meeting].id, person) for meeting, person in here if meeting in rooms}
    Presence.objects.bulk_create(
        [Presence(room_id=room, person_id=person, until=at + LIVES) for room, person in now],
        update_conflicts=True,
        unique_fields=["room", "person"],
        update_fields=["until"],
    )
    for room in rooms.values():
        if room.id in passed or {pair for pair in now ^ before if pair[0] == room.id}:
            touch(room, words=False)


def _just_passed(row: Presence, at: datetime) -> bool:
    """Whether since the batch before this one somebody's presence ran out, or they were gone for
    so long that the controls they held may be taken: both are seen by a new look at the people."""
    moments = row.until, row.until - LIVES + GONE_AFTER
    return any(at - LATE < moment <= at for moment in moments)
