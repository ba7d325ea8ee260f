"""Which rooms have moved, and what their rows say now: asked again and again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from setwise.room.loading import COLUMNS, RoomNow
from setwise.room.models import Room
from setwise.room.stream.asked import ID, Asked

VERSIONS = ("meeting_id", "version", "meeting__learning_set__seats_version")
Values = QuerySet[Room, tuple[Any, ...]]
Versions = dict[Any, tuple[int, int]]


def versions(watched: Collection[Any]) -> Versions:
    """The version and the seats of these rooms, by their meeting's id as the database has it.

    All open rooms are asked for, by no list: a query of hundreds of ids costs more than their rows.
    """
    now = _by_meeting(_open.stored_rows())
    closed = [each for each in watched if each not in now]  # with somebody still at its page
    return now | _by_meeting(_these.stored_rows(closed)) if closed else now


def rooms(meetings: Collection[UUID]) -> dict[UUID, RoomNow]:
    """These rooms as they are now, by meeting; those that have gone are missing."""
    found = map(RoomNow.read, _rooms.rows(meetings)) if meetings else ()
    return {room.meeting: room for room in found}


def _by_meeting(rows: list[Any]) -> Versions:
    return {meeting: (version, seats) for meeting, version, seats in rows}


def _of_open(_: list[Any]) -> Values:
    return Room.objects.filter(closed_at=None).values_list(*VERSIONS)


def _of_these(meetings: list[Any]) -> Values:
    return Room.objects.filter(meeting_id__in=meetings).values_list(*VERSIONS)


def _whole(meetings: list[Any]) -> Values:
    return Room.objects.filter(meeting_id__in=meetings).values_list(*COLUMNS)


_open = Asked(_of_open)
_these = Asked(_of_these, ID)
_rooms = Asked(_whole, ID)
