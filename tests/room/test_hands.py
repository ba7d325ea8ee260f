"""Raised hands: a queue that everyone sees, gone when the stage moves on, and kept nowhere."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from setwise.meetings.models import Meeting
from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.protocols.engine import Reason, Refused
from setwise.room import checking_in, closing, hand_raising, loading, moving, regions
from setwise.room.models import CheckIn, Room
from setwise.room.standing import standing, visible
from tests.room.looking import to_clarify

pytestmark = pytest.mark.long


def raise_(play: Play, key: str) -> None:
    moves = play.entry(key).room.course.moves
    hand_raising.raise_hand(play.entry(key), expected=moves, at=play.tick())


def region(play: Play, key: str, name: str = "hands") -> str:
    room = Room.objects.select_related("meeting__learning_set").get()
    snapshot = loading.load(room, at=play.at)
    who = standing(snapshot, play.people[key].id)
    return regions.render(visible(snapshot, who), who, regions.Rendered())[name]


def queue(play: Play, key: str) -> list[str]:
    html = region(play, key)
    names = {each.name: html.find(f"<span>{each.name}") for each in play.people.values()}
    return [name for name in sorted(names, key=lambda name: names[name]) if names[name] >= 0]


def kept() -> int:
    return CheckIn.objects.exclude(hand_raised_at=None).count()


def test_everyone_sees_the_hands_in_the_order_of_raising(open_play: Play) -> None:
    to_clarify(open_play)
    for key in ("tomasz", "niamh", "tomasz"):  # a second press keeps one's place
        raise_(open_play, key)
    names = ["Tomasz Zieliński", "Niamh O’Sullivan"]
    assert {key: queue(open_play, key) for key in ("ruth", "amara", "yusuf")} == {
        "ruth": names,
        "amara": names,
        "yusuf": names,
    }
    assert {key: "Put down" in region(open_play, key) for key in ("ruth", "amara", "yusuf")} == {
        "ruth": True,
        "amara": True,
        "yusuf": False,
    }


@pytest.mark.parametrize("key", ["ruth", "amara", "tomasz"])
def test_a_hand_is_put_down_by_its_owner_the_presenter_or_the_controls(
    open_play: Play, key: str
) -> None:
    to_clarify(open_play)
    raise_(open_play, "tomasz")
    tomasz = open_play.people["tomasz"].id
    with pytest.raises(PermissionDenied):
        hand_raising.lower_hand(open_play.entry("niamh"), whose=tomasz)
    assert kept() == 1
    hand_raising.lower_hand(open_play.entry(key), whose=tomasz)
    assert kept() == 0
    assert queue(open_play, "yusuf") == []


@pytest.mark.parametrize("way", ["next", "back", "break", "end", "close"])
def test_hands_are_down_when_the_stage_moves_on(open_play: Play, way: str) -> None:
    to_clarify(open_play)
    raise_(open_play, "tomasz")
    assert kept() == 1
    entry = open_play.entry("ruth")
    moves = entry.room.course.moves
    if way == "close":
        closing.close(entry, at=open_play.tick())
    else:
        ways: dict[str, commands.Command] = {
            "next": commands.Next(moves),
            "back": commands.Back(moves),
            "break": commands.BreakNow(5),
            "end": commands.EndRound(moves),
        }
        moving.move(entry, ways[way], at=open_play.tick())
    assert kept() == 0


def test_more_time_and_a_pause_leave_the_queue_as_it_is(open_play: Play) -> None:
    to_clarify(open_play)
    raise_(open_play, "tomasz")
    harmless: list[commands.Command] = [commands.AddMinutes(5), commands.Pause(), commands.Resume()]
    for command in harmless:
        moving.move(open_play.entry("ruth"), command, at=open_play.tick())
    assert queue(open_play, "ruth") == ["Tomasz Zieliński"]


def test_a_hand_raised_for_a_stage_that_is_over_does_not_go_up(open_play: Play) -> None:
    to_clarify(open_play)
    seen = open_play.entry("tomasz").room.course.moves
    open_play.to("round", "explore", 1)
    with pytest.raises(Refused) as refused:
        hand_raising.raise_hand(open_play.entry("tomasz"), expected=seen, at=open_play.tick())
    assert refused.value.reason is Reason.MOVED_ALREADY
    assert kept() == 0


def test_whoever_leaves_takes_their_hand_with_them(open_play: Play) -> None:
    to_clarify(open_play)
    raise_(open_play, "tomasz")
    tomasz = open_play.people["tomasz"].id
    checking_in.mark_left(open_play.entry("tomasz"), who=tomasz, at=open_play.tick())
    assert (kept(), queue(open_play, "ruth")) == (0, [])


def test_a_hand_moves_people_and_no_words(open_play: Play) -> None:
    to_clarify(open_play)
    before = Room.objects.get()
    raise_(open_play, "tomasz")
    after = Room.objects.get()
    assert after.version == before.version + 1
    assert after.words_version == before.words_version


def test_the_button_is_there_for_sets_that_do_not_sit_in_one_room(open_play: Play) -> None:
    to_clarify(open_play)
    assert "Raise my hand" in region(open_play, "niamh", "mine")
    assert "Raise my hand" not in region(open_play, "amara", "mine")  # the questions are hers
    raise_(open_play, "niamh")
    assert "Lower my hand" in region(open_play, "niamh", "mine")
    Meeting.objects.update(link="")
    assert "Raise my hand" not in region(open_play, "tomasz", "mine")
    assert "Lower my hand" in region(open_play, "niamh", "mine")
    Meeting.objects.update(place="")  # nobody knows where they sit
    assert "Raise my hand" in region(open_play, "tomasz", "mine")


def test_how_many_are_up_is_said_at_the_clock_too(open_play: Play) -> None:
    to_clarify(open_play)
    assert " up" not in region(open_play, "ruth", "clock")
    raise_(open_play, "tomasz")
    assert "1 hand up" in region(open_play, "ruth", "clock")
    raise_(open_play, "niamh")
    assert "2 hands up" in region(open_play, "amara", "clock")


def test_nobody_outside_the_room_sees_the_queue(open_play: Play) -> None:
    to_clarify(open_play)
    raise_(open_play, "tomasz")
    assert queue(open_play, "dele") == []
    assert "hand up" not in region(open_play, "dele", "clock")
    with pytest.raises(PermissionDenied):
        raise_(open_play, "dele")
