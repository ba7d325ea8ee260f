from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from setwise.meetings import rotating
from setwise.meetings.models import Meeting
from setwise.protocols import agenda, course
from setwise.room import left_open
from setwise.room.entering import Entry, touch
from setwise.room.models import CheckIn, Room
from setwise.room.refusing import Refusal
from setwise.sets.agreeing import current_settings, owes_answer
from setwise.sets.following import way_of
from setwise.sets.seats import Seat

EARLIEST = timedelta(hours=3)
EARLY = timedelta(
    minutes=30
)  # opened so long before, a meeting begins at its own time all the same


@transaction.atomic
def open_room(seat: Seat, meeting: Meeting, *, recording: bool = False, at: datetime) -> Room:
    """Open the room of a meeting; opening it twice is one room.

    Whoever opens is checked in and holds the controls, until the facilitator comes. Where nobody
    facilitates, whoever chairs today is offered them when they come.
    The protocol is that of the rules in force, or *first meeting* until any are. The clock stands
    still until the meeting begins, where the room is opened shortly before. `recording`: the
    meeting was held without Setwise and is written down now; no clock runs.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    existing = Room.objects.filter(meeting=meeting).first()
    if existing:
        return existing
    if meeting.cancelled_at:
        raise Refusal("", "This meeting was cancelled.")
    seat.must_go_on()
    if at < meeting.starts_at - EARLIEST:
        raise Refusal("", "The room can be opened from three hours before the meeting.")
    if recording and at < meeting.ends_at:
        raise Refusal("", "A meeting is written down once it is over.")
    if owes_answer(seat.person, seat.learning_set):
        raise Refusal("", "Read the ground rules and answer first: they were agreed without you.")
    rules = current_settings(seat.learning_set)
    minutes = min(max(meeting.minutes, agenda.SHORTEST), agenda.LONGEST)
    begins = meeting.starts_at if at < meeting.starts_at <= at + EARLY else at
    way = way_of(rules)
    started = course.start(
        way.key,
        minutes=minutes,
        issues=rules.issues_per_meeting,
        at=begins,
        text=way.own_text,
    )
    if not recording and (turn := rotating.chairs([meeting], at=at).get(meeting.id)):
        Meeting.objects.filter(pk=meeting.pk).update(chair=turn.person)  # it stands from now on
    room = Room(
        meeting=meeting,
        chair_id=seat.person.id,
        recording=recording,
        opened_at=at,
        closes_at=left_open.closes_at(meeting, recording=recording, at=at),
    )
    room.course = started
    room.save(force_insert=True)
    CheckIn.objects.create(
        room=room, person=seat.person, knocked_at=at, admitted_at=at, entered_at=at
    )
    return room


def turn_to_recording(entry: Entry, *, at: datetime) -> None:
    """Write the meeting down: it was held without anybody touching the clock. No way back.

    Whoever turns it holds the controls; everything may be written until it is closed. A room that
    closed itself because nobody touched it opens again for this.
    """
    entry.must_hold_controls()
    room = entry.room
    never_used = room.closed_itself and room.course.untouched and not room.recording
    if room.closed_at and not never_used:
        raise Refusal("", "The meeting is closed.")
    room.course = replace(room.course, closed_at=None)
    touch(
        room,
        recording=True,
        course_json=room.course_json,
        closed_at=None,
        closed_itself=False,
        closes_at=left_open.closes_at(room.meeting, recording=True, at=at),
    )
