"""The one change of the last review opens the next meeting."""

from __future__ import annotations

from datetime import timedelta

from setwise.meetings import scheduling
from setwise.room import loading, opening
from setwise.room.models import CheckIn, Room
from setwise.room.standing import standing, visible
from tests.cast import Cast


def test_the_one_change_opens_the_next_meeting_for_who_was_in_the_set(held: Cast) -> None:

    ruth, play, at = held.seat("facilitator"), held.play, held.play.at
    plan = scheduling.Plan(at + timedelta(minutes=5), "Europe/London", 120, place="Here")
    meeting = scheduling.fix(ruth, plan=plan, at=at)
    opening.open_room(ruth, meeting, at=at)
    play.meeting = meeting
    play.people["late"] = held.people["late joiner"]
    row = held.membership("late joiner")
    row.joined_at = at + timedelta(minutes=1)  # after that review was written
    row.save()

    room = Room.objects.select_related("meeting__learning_set").get(meeting=meeting)
    for key in ("tomasz", "late"):
        CheckIn.objects.create(room=room, person=play.people[key], admitted_at=at, entered_at=at)
    snapshot = loading.load(room, at=at)
    seen = {
        key: visible(snapshot, standing(snapshot, play.people[key].pk)).one_change
        for key in ("tomasz", "late")
    }
    assert seen == {"tomasz": held.case["review"]["change"], "late": ""}
