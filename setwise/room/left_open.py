"""A room that nobody closed closes itself, the morning after, as if somebody had pressed."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.protocols import commands, engine
from setwise.room import closing
from setwise.room.entering import touch
from setwise.room.models import Room
from setwise.sets.models import Membership
from setwise.ui import zones

MORNING = time(6)  # where the meeting is
QUIET = timedelta(hours=3)  # no room closes itself sooner after its meeting
WRITING = timedelta(days=3)  # so long is a meeting written down, once that has begun
LATELY = timedelta(days=3)  # so long it is told that a room closed itself
LATER = timedelta(hours=1)  # what went wrong is tried again
log = logging.getLogger(__name__)


def closes_at(meeting: Meeting, *, recording: bool, at: datetime) -> datetime:
    """When the room of this meeting, opened at `at`, closes itself if nobody does."""
    after = at + WRITING if recording else max(at, meeting.ends_at)
    return next_morning(after, meeting.zone)


def next_morning(after: datetime, zone: str) -> datetime:
    """The first six o'clock in the zone that is at least three hours later."""
    quiet = (after + QUIET).astimezone(zones.zone(zone))
    day = quiet.date() if quiet.time() <= MORNING else quiet.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=quiet.tzinfo)


def told(person: Person, *, at: datetime) -> QuerySet[Room]:
    """The rooms that closed themselves lately, for whoever led the meeting or facilitates the set."""
    own = Membership.objects.seated().filter(person=person, is_facilitator=True)
    leads = Q(chair=person) | Q(meeting__learning_set__in=own.values("learning_set"))
    rooms = Room.objects.visible_to(person).filter(leads, closed_itself=True)
    return (
        rooms.filter(closed_at__gt=at - LATELY)
        .select_related("meeting__learning_set")
        .order_by("-closed_at")
    )


def close_due(*, at: datetime) -> int:
    """Close every room that is due; returns how many. Any number of workers may do it at once.

    One that cannot be closed now holds up no other: it is tried again in an hour.
    """
    due = Room.objects.filter(closed_at=None, closes_at__lte=at)
    return sum(_try(room_id, at) for room_id in list(due.values_list("pk", flat=True)))


def _try(room_id: UUID, at: datetime) -> bool:
    try:
        return close_left_open(room_id, at=at)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - its words might be somebody's
        log.error("A room could not close itself: %s", type(error).__name__)
        Room.objects.filter(pk=room_id).update(closes_at=at + LATER)
        return False


@transaction.atomic
def close_left_open(room_id: UUID, *, at: datetime) -> bool:
    """Close it as its chair would; False where somebody was faster, or its meeting was moved.

    The room is locked before it is looked at. One whose clock nobody touched sends no letters: the
    meeting was held without it, or not at all, and can still be written down.
    """
    rows = Room.objects.select_related("meeting__learning_set")
    Room.objects.filter(pk=room_id).lock()
    room = rows.get(pk=room_id)
    if room.closed_at or room.closes_at is None or room.closes_at > at:
        return False
    course = room.course
    if not room.recording:
        after = max(room.opened_at, room.meeting.ends_at, course.ends_at)
        if (morning := next_morning(after, room.meeting.zone)) > at:
            Room.objects.filter(pk=room_id).update(closes_at=morning)
            return False
    room.course = engine.apply(course, commands.Close(), at=at, hand=engine.Hand(controls=True))
    touch(room, course_json=room.course_json, closed_itself=True)
    if room.recording or not course.untouched:
        closing.finish(room, at=at)
    else:
        Room.objects.filter(pk=room_id).update(closed_at=at)
    return True
