"""Whose turn it is to present: by bid, or equally, as the ground rules say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from setwise.project.demo.playing import Play
from setwise.room import bidding, mine
from setwise.room.models import Room, Round
from setwise.room.standing import standing
from tests.room.looking import view


def candidates(play: Play) -> list[str]:
    seen = view(play, "ruth")
    given = mine.given(seen, standing(seen, play.people["ruth"].pk))
    keys = {person.pk: key for key, person in play.people.items()}
    return [keys[each.id] for each in given["candidates"]]


def presented_before(play: Play, key: str, *, weeks: int) -> None:
    """A round of theirs in an earlier meeting of the set."""
    person = play.people[key]
    meeting = play.filled.learning_set.meetings.exclude(pk=play.meeting.pk).first()
    assert meeting
    starts = play.meeting.starts_at - timedelta(weeks=weeks)
    meeting.pk = None
    meeting.set_time(starts, 120)
    meeting.save(force_insert=True)
    room = Room(meeting=meeting, opened_at=starts)
    room.course = Room.objects.get(meeting=play.meeting).course
    room.save()
    Round.objects.create(
        room=room, number=1, presenter=person, key_id=person.key_id, started_at=starts
    )


@pytest.mark.parametrize(
    ("air_time", "first"),
    [("bid", ["yusuf", "amara"]), ("equal", ["niamh", "tomasz"])],
)
def test_candidates_stand_as_the_rules_say(
    open_play: Play, air_time: str, first: list[str]
) -> None:
    open_play.filled.learning_set.ground_rules.update(air_time=air_time)
    for weeks, key in enumerate(("yusuf", "bronwen", "amara"), 6):
        presented_before(open_play, key, weeks=weeks)
    open_play.to("bidding")
    words = {"issue": "Mine", "why_now": "", "passed": False}
    bidding.bid(open_play.entry("yusuf"), for_=None, at=open_play.tick(), **words)  # type: ignore[arg-type]
    found = candidates(open_play)
    assert found[:2] == first
    assert sorted(found) == ["amara", "bronwen", "niamh", "tomasz", "yusuf"]
