"""Whoever holds the controls and presents leaves them for the round, and has them again after it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from setwise.project.demo.playing import Play
from setwise.protocols import commands, engine
from setwise.room import bidding, chairing, moving
from setwise.room.refusing import Refusal
from setwise.sets.models import Membership
from tests.room.looking import see
from tests.room.test_chair import chair
from tests.room.test_chair_gone import asked, news

HERE = ("ruth", "amara", "niamh", "tomasz")


@pytest.fixture
def play(open_play: Play) -> Play:
    """Ruth facilitates and is a member too; at the bidding she chooses herself."""
    Membership.objects.filter(person=open_play.people["ruth"]).update(is_member=True)
    open_play.to("bidding")
    see(open_play, *HERE)
    ruth = open_play.people["ruth"]
    bidding.choose(open_play.entry("ruth"), presenter=ruth.pk, at=open_play.tick())
    return open_play


def press(play: Play, key: str, command: commands.Command) -> None:
    see(play, *HERE)
    moving.move(play.entry(key), command, at=play.tick())


def next_(play: Play, key: str) -> None:
    press(play, key, commands.Next(play.entry(key).room.course.moves))


def test_the_room_says_who_takes_them_before_the_round(play: Play) -> None:
    assert [p.name for p in asked(play, "ruth")["stand_ins"]] == [
        "Amara Nwosu",
        "Niamh O’Sullivan",
        "Tomasz Zieliński",
    ]


def test_they_pass_as_the_round_begins_and_come_back_by_themselves(play: Play) -> None:
    next_(play, "ruth")
    assert chair() == "amara"
    assert news(play) == "Amara Nwosu holds the controls while Ruth Abercrombie presents."
    for _ in range(2):
        next_(play, "amara")
    assert chair() == "amara"
    press(play, "amara", commands.EndRound(play.entry("amara").room.course.moves))
    assert (chair(), news(play)) == ("ruth", "Ruth Abercrombie holds the controls again.")


def test_one_press_before_the_round_chooses_somebody_else(play: Play) -> None:
    chairing.hand_over(play.entry("ruth"), to=play.people["tomasz"].pk, at=play.tick())
    next_(play, "tomasz")
    assert chair() == "tomasz"
    press(play, "tomasz", commands.EndRound(play.entry("tomasz").room.course.moves))
    assert chair() == "ruth"


def test_who_presents_has_a_presenters_presses_alone(play: Play) -> None:
    next_(play, "ruth")
    shown = asked(play, "ruth")
    assert (shown["presents"], shown["controls"], shown["may_take_controls"]) == (True, False, None)
    with pytest.raises(engine.Refused, match="Only whoever holds the controls"):
        next_(play, "ruth")
    see(play, *HERE)
    with pytest.raises(Refusal, match="hands free"):
        chairing.hand_over(play.entry("ruth"), to=play.people["ruth"].pk, at=play.tick())
    see(play, *HERE)
    with pytest.raises(Refusal, match="hands free"):
        chairing.hand_over(play.entry("amara"), to=play.people["ruth"].pk, at=play.tick())
    press(play, "ruth", commands.Pause())
    assert chair() == "amara"


def test_a_break_in_the_middle_of_the_round_gives_nothing_back(play: Play) -> None:
    next_(play, "ruth")
    press(play, "amara", commands.BreakNow(5))
    assert chair() == "amara"
    next_(play, "amara")
    assert chair() == "amara"


def test_whoever_stands_in_may_hand_on_for_the_same_round(play: Play) -> None:
    next_(play, "ruth")
    chairing.hand_over(play.entry("amara"), to=play.people["niamh"].pk, at=play.tick())
    assert news(play) == "Niamh O’Sullivan holds the controls while Ruth Abercrombie presents."
    press(play, "niamh", commands.EndRound(play.entry("niamh").room.course.moves))
    assert chair() == "ruth"


def test_one_device_in_the_room_keeps_them(open_play: Play) -> None:
    Membership.objects.filter(person=open_play.people["ruth"]).update(is_member=True)
    open_play.to("bidding")
    see(open_play, "ruth")
    ruth = open_play.people["ruth"]
    bidding.choose(open_play.entry("ruth"), presenter=ruth.pk, at=open_play.tick())
    open_play.to("round", "explore", 1)
    assert chair() == "ruth"


def test_chosen_while_the_round_runs_they_pass_at_once(open_play: Play) -> None:
    Membership.objects.filter(person=open_play.people["ruth"]).update(is_member=True)
    open_play.to("round", "present", 1)
    see(open_play, *HERE)
    ruth = open_play.people["ruth"]
    bidding.choose(open_play.entry("ruth"), presenter=ruth.pk, at=open_play.tick())
    assert chair() == "amara"


def test_a_presenter_left_alone_takes_them_again(play: Play) -> None:
    next_(play, "ruth")
    ruth = play.people["ruth"]
    with pytest.raises(PermissionDenied):
        chairing.hand_over(play.entry("niamh"), to=play.people["niamh"].pk, at=play.tick())
    for _ in range(9):
        play.tick()
    see(play, "ruth")
    assert asked(play, "ruth")["may_take_controls"] == ruth.pk
    chairing.hand_over(play.entry("ruth"), to=ruth.pk, at=play.tick())
    assert chair() == "ruth"
