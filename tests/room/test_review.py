"""Two people write the review at once: each part is kept, and nobody's is overwritten unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from setwise.project.demo.playing import Play
from setwise.room import concluding
from setwise.room.models import Review
from setwise.room.refusing import Refusal
from tests.cast import Cast

NOTHING = {"helped": "", "rule": "", "change": ""}


def write(play: Play, who: str, was: dict[str, str], **sent: str) -> None:
    words = NOTHING | was | sent
    concluding.review(play.entry(who), **words, was=NOTHING | was, at=play.tick())


def kept() -> dict[str, str]:
    row = Review.objects.get()
    return {
        "helped": row.words("helped"),
        "rule": row.rule_to_discuss,
        "change": row.words("change"),
    }


def test_what_i_left_alone_stays_as_somebody_else_made_it(open_play: Play) -> None:
    open_play.to("review")
    write(open_play, "ruth", {}, change="Slower")
    write(open_play, "niamh", {}, helped="Silence")  # her page is older than Ruth's change
    assert kept() == {"helped": "Silence", "rule": "", "change": "Slower"}


def test_two_who_change_the_same_are_told_and_the_second_may_insist(open_play: Play) -> None:
    open_play.to("review")
    write(open_play, "ruth", {}, change="Slower")
    with pytest.raises(Refusal, match="Somebody changed this") as refusal:
        write(open_play, "niamh", {}, change="Faster")
    assert (refusal.value.field, refusal.value.fresh) == ("change", {"was_change": "Slower"})
    assert kept()["change"] == "Slower"
    write(open_play, "niamh", {"change": "Slower"}, change="Faster")
    assert kept()["change"] == "Faster"


def test_the_one_change_opens_the_next_meeting_for_who_was_in_the_set(held: Cast) -> None:
    from setwise.meetings import scheduling
    from setwise.room import opening

    ruth, play, at = held.seat("facilitator"), held.play, held.play.at
    plan = scheduling.Plan(at + timedelta(minutes=5), "Europe/London", 120, place="Here")
    meeting = scheduling.fix(ruth, plan=plan, at=at)
    opening.open_room(ruth, meeting, at=at)
    play.meeting = meeting
    play.people["late"] = held.people["late joiner"]
    row = held.membership("late joiner")
    row.joined_at = at + timedelta(minutes=1)  # after that review was written
    row.save()
    from setwise.room import loading
    from setwise.room.models import CheckIn, Room
    from setwise.room.standing import standing, visible

    room = Room.objects.select_related("meeting__learning_set").get(meeting=meeting)
    for key in ("tomasz", "late"):
        CheckIn.objects.create(room=room, person=play.people[key], admitted_at=at, entered_at=at)
    snapshot = loading.load(room, at=at)
    seen = {
        key: visible(snapshot, standing(snapshot, play.people[key].pk)).one_change
        for key in ("tomasz", "late")
    }
    assert seen == {"tomasz": held.case["review"]["change"], "late": ""}
