"""Presence: a time-to-live for each person who looks, written in one batch a process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import close_old_connections, transaction
from django.utils import timezone

from setwise.room.entering import touch
from setwise.room.models import Presence, Room
from setwise.room.stream.viewer import Viewer

LIVES = timedelta(seconds=40)
EVERY = 15.0  # seconds between two batches


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
    before = {
        (row.room_id, row.person_id)
        for row in Presence.objects.filter(room__in=rooms.values(), until__gt=at)
    }
    now = {(rooms[meeting].id, person) for meeting, person in here if meeting in rooms}
    Presence.objects.bulk_create(
        [Presence(room_id=room, person_id=person, until=at + LIVES) for room, person in now],
        update_conflicts=True,
        unique_fields=["room", "person"],
        update_fields=["until"],
    )
    for room in rooms.values():
        if {pair for pair in now ^ before if pair[0] == room.id}:
            touch(room, words=False)
