"""When whoever holds the controls is out of sight: who may take them, and how they come back."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setwise.project.demo.playing import Play
from setwise.room import chairing, checking_in, loading, mine, opening, regions
from setwise.room.models import CheckIn, Presence, Room
from setwise.room.standing import standing, visible
from setwise.room.stream import presence
from setwise.sets.models import Membership
from tests.cast import Cast
from tests.room.looking import see, status
from tests.room.test_chair import chair

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def asked(play: Play, key: str) -> dict[str, Any]:
    """What this person's own region is made of."""
    room = Room.objects.select_related("meeting__learning_set").get()
    now = loading.load(room, at=play.at)
    who = standing(now, play.people[key].pk)
    return mine.given(visible(now, who), who)


def news(play: Play) -> str:
    room = Room.objects.select_related("meeting__learning_set").get()
    return loading.load(room, at=play.at).news


def take(play: Play, key: str) -> None:
    chairing.hand_over(play.entry(key), to=play.people[key].pk, at=play.tick())


@pytest.fixture
def play(open_play: Play) -> Play:
    """The room is open, everyone is checked in, and Ruth's and Yusuf's streams were just seen."""
    see(open_play, "ruth", "yusuf")
    return open_play


def later(play: Play, seconds: int) -> None:
    play.at += timedelta(seconds=seconds)


def test_for_two_minutes_out_of_sight_nobody_takes_the_controls(play: Play) -> None:
    later(play, 99)  # a press comes twenty seconds on
    with pytest.raises(PermissionDenied):
        take(play, "yusuf")
    assert (chair(), asked(play, "yusuf")["may_take_controls"]) == ("ruth", None)


def test_after_two_minutes_anyone_here_takes_them_and_all_are_told(play: Play) -> None:
    later(play, 120)
    offered = asked(play, "yusuf")
    assert (offered["may_take_controls"], offered["chair_gone"]) == (play.people["yusuf"].pk, True)
    take(play, "yusuf")
    assert (chair(), news(play)) == ("yusuf", "Yusuf Demir now holds the controls.")
    later(play, 121)
    assert news(play) == ""


def test_somebody_who_is_not_here_takes_nothing(play: Play) -> None:
    later(play, 600)
    with pytest.raises(PermissionDenied):
        take(play, "dele")  # apologies
    assert chair() == "ruth"


def test_out_of_sight_is_no_absence_in_other_respects(play: Play) -> None:
    later(play, 600)
    take(play, "yusuf")
    row = CheckIn.objects.get(person=play.people["ruth"])
    assert (row.left_at, row.entered_at is not None) == (None, True)
    assert asked(play, "ruth")["status"] == "entered"


def test_whoever_comes_back_is_offered_the_controls_again_by_both(play: Play) -> None:
    Membership.objects.filter(person=play.people["ruth"]).update(
        is_facilitator=False, is_member=True
    )
    later(play, 600)
    take(play, "yusuf")
    assert asked(play, "yusuf")["back_to"] is None  # not back yet
    see(play, "ruth")
    assert asked(play, "yusuf")["back_to"].name == "Ruth Abercrombie"
    told = asked(play, "ruth")
    assert (told["was_away"], told["may_take_controls"]) == (True, None)
    with pytest.raises(PermissionDenied):
        take(play, "ruth")  # they are handed back, not snatched
    chairing.hand_over(play.entry("yusuf"), to=play.people["ruth"].pk, at=play.tick())
    assert chair() == "ruth"


def test_a_facilitator_who_comes_back_takes_them_by_one_press(play: Play) -> None:
    later(play, 600)
    take(play, "yusuf")
    assert asked(play, "ruth")["was_away"]
    take(play, "ruth")
    assert chair() == "ruth"


def test_a_browser_that_was_never_seen_is_missed_two_minutes_after_it_took_them(
    open_play: Play,
) -> None:
    chairing.hand_over(
        open_play.entry("ruth"), to=open_play.people["yusuf"].pk, at=open_play.tick()
    )
    later(open_play, 60)
    assert asked(open_play, "niamh")["may_take_controls"] is None
    later(open_play, 60)
    assert asked(open_play, "niamh")["may_take_controls"]


def test_a_page_without_a_stream_keeps_its_chair_in_sight(open_play: Play) -> None:
    client = Client()
    client.force_login(open_play.people["ruth"], backend=BACKEND)
    url = reverse("room:room", args=[open_play.meeting.pk])
    assert client.get(url).status_code == 200
    row = Presence.objects.get()
    assert row.person == open_play.people["ruth"]
    before = row.until
    assert client.get(url).status_code == 200  # seen lately: not written again
    assert Presence.objects.get().until == before
    client.force_login(open_play.people["niamh"], backend=BACKEND)
    assert client.get(url).status_code == 200
    assert Presence.objects.count() == 1


@pytest.mark.parametrize(
    ("seconds", "moves"), [(20, True), (45, True), (80, False), (125, True), (160, False)]
)
def test_a_room_moves_as_somebody_goes_out_of_sight_and_after_two_minutes(
    play: Play, monkeypatch: pytest.MonkeyPatch, seconds: int, moves: bool
) -> None:
    """The batch that another stream of the room writes tells it: people are read again then."""
    at = play.at + timedelta(seconds=seconds)
    see(play, "yusuf", at=at)
    monkeypatch.setattr(timezone, "now", lambda: at)
    monkeypatch.setattr(presence, "close_old_connections", lambda: None)
    before = Room.objects.get().people_version
    viewer = SimpleNamespace(meeting=play.meeting.pk, person=play.people["yusuf"].pk)
    presence.write([cast("Any", viewer)])
    assert (Room.objects.get().people_version > before) == moves


def test_what_everybody_is_told_holds_no_control(play: Play) -> None:
    later(play, 600)
    take(play, "yusuf")
    room = Room.objects.select_related("meeting__learning_set").get()
    now = loading.load(room, at=play.at)
    who = standing(now, play.people["niamh"].pk)
    html = regions.render(visible(now, who), who, regions.Rendered())["news"]
    assert html == "Yusuf Demir now holds the controls."


def test_whoever_comes_is_let_in_where_only_people_without_a_seat_are_inside(
    company: Cast,
) -> None:
    """Nobody else could check them in: the seat of the one who had opened the room has ended."""
    play = company.play
    opening.open_room(company.seat("facilitator"), company.meeting, at=play.at)
    ruth = Membership.objects.filter(person=play.people["ruth"])
    ruth.update(facilitates_until=timezone.now() - timedelta(days=1))
    checking_in.knock(play.entry("amara"), at=play.tick())
    checking_in.knock(play.entry("yusuf"), at=play.tick())
    assert (status(play, "amara"), status(play, "yusuf"), chair()) == (
        "entered",
        "waiting",
        "amara",
    )
