"""Closing the meeting: each person gets their own actions by e-mail, and nobody else's words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from setwise.actions import update_links
from setwise.actions.models import Action
from setwise.meetings.models import Meeting
from setwise.people import reminding
from setwise.people.mailing import post
from setwise.people.models import Person
from setwise.protocols import commands
from setwise.room import air_time, missing
from setwise.room.entering import Entry
from setwise.room.models import CheckIn, Problem, Room, Round
from setwise.room.moving import move
from setwise.sets.models import Membership


def close(entry: Entry, *, at: datetime) -> None:
    """Close the room and post everyone who was there their own actions, in the same transaction.

    Bids that were not chosen go back to their authors; whoever was missed twice gets a kind note.
    """
    if entry.room.closed_at:
        return
    move(entry, commands.Close(), at=at)
    finish(entry.room, at=at)


def finish(room: Room, *, at: datetime) -> None:
    """All that follows from a closed course, whoever closed it, in the caller's transaction."""
    Room.objects.filter(pk=room.pk).update(closed_at=at)
    _end_meeting(room.meeting, at)
    air_time.give_back(room)
    missing.post_notes(room)
    if not room.recording:
        _note_chair(room)
    Round.objects.filter(room=room, ended_at=None).update(ended_at=at)
    Problem.objects.filter(round__room=room, round__problems_opened_at=None).delete()
    here = CheckIn.objects.filter(room=room).exclude(admitted_at=None).select_related("person")
    people = [check_in.person for check_in in here]
    choices = reminding.choices_of(people)
    for person in people:
        if choices[person.pk].wants("after_meeting"):
            _post_own(room, person, at=at)


def _note_chair(room: Room) -> None:
    """Whoever held the controls chaired it, unless they facilitate: the rotation counts that."""
    chaired = room.chair_before_id if room.chair_round else room.chair_id
    leads = Membership.objects.facilitating().filter(learning_set=room.meeting.learning_set_id)
    led = leads.filter(person=chaired).exists() if chaired else False
    Meeting.objects.filter(pk=room.meeting_id).update(chair=None if led else chaired)


def _end_meeting(meeting: Meeting, at: datetime) -> None:
    """A meeting that was closed early is over: nobody cancels or moves it any more."""
    over = max(at, meeting.starts_at + timedelta(minutes=1))
    Meeting.objects.filter(pk=meeting.pk, ends_at__gt=over).update(ends_at=over)


def _post_own(room: Room, person: Person, *, at: datetime) -> None:
    """One person's letter: their own actions, and where the record of their round is.

    Where it is night for them, it comes in the morning.
    """
    own = Action.objects.filter(owner=person, meeting=room.meeting).order_by("decided_at")
    rounds = Round.objects.presented_by(person).filter(room=room).exclude(started_at=None)
    actions = [row for row in own if row.confirmed_at]
    urls, origin = update_links.urls(actions, at=at), settings.SETWISE_ORIGIN
    post(
        key=reminding.key(person, "after_meeting", about=room.meeting_id),
        to=person,
        template="room/email/actions",
        kind="after_meeting",
        context={
            "learning_set": room.meeting.learning_set,
            "meeting": room.meeting,
            "reader": person,
            "actions": [(row, urls[row.id]) for row in actions],
            "drafts": sum(row.confirmed_at is None for row in own),
            "decide_by": next((row.decide_by for row in rounds if row.decide_by), None),
            "records": [origin + reverse("room:record", args=[row.pk]) for row in rounds],
            "url": origin + reverse("actions:mine"),
        },
    )
