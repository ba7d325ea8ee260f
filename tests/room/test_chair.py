"""Who holds the controls: whoever opened, the facilitator once there, and nobody who has gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from setwise.meetings.models import Meeting
from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import chairing, checking_in, moving, opening
from setwise.room.models import CheckIn, Room
from setwise.room.refusing import Refusal
from setwise.sets import seating
from tests.cast import Cast
from tests.room.looking import see, status, texts, to_clarify


def chair() -> str:
    room = Room.objects.select_related("chair").get()
    return room.chair.email.split("@")[0] if room.chair else ""


def opened_by(company: Cast, role: str) -> Play:
    play = company.play
    opening.open_room(company.seat(role), company.meeting, at=play.at)
    return play


def test_whoever_opens_holds_the_controls_until_the_facilitator_comes(company: Cast) -> None:
    play = opened_by(company, "member")
    assert chair() == "tomasz"
    checking_in.knock(play.entry("amara"), at=play.tick())
    checking_in.admit(play.entry("tomasz"), who=None, at=play.tick())
    assert status(play, "amara") == "entered"
    checking_in.knock(play.entry("ruth"), at=play.tick())  # nobody needs to let her in
    assert (chair(), status(play, "ruth")) == ("ruth", "entered")


def test_a_facilitator_who_comes_later_takes_the_controls_by_a_press(company: Cast) -> None:
    play = opened_by(company, "member")
    moving.move(play.entry("tomasz"), commands.Next(0), at=play.tick())
    checking_in.knock(play.entry("ruth"), at=play.tick())
    assert (chair(), status(play, "ruth")) == ("tomasz", "entered")
    chairing.hand_over(play.entry("ruth"), to=play.people["ruth"].pk, at=play.tick())
    assert chair() == "ruth"


def test_nobody_takes_the_controls_from_somebody_who_is_here(open_play: Play) -> None:
    see(open_play, "ruth")
    with pytest.raises(PermissionDenied):
        chairing.hand_over(
            open_play.entry("yusuf"), to=open_play.people["yusuf"].pk, at=open_play.tick()
        )
    assert chair() == "ruth"


@pytest.mark.parametrize("how", ["says so", "leaves the set"])
def test_anybody_here_takes_them_when_the_chair_has_gone(
    company: Cast, open_play: Play, how: str
) -> None:
    ruth, yusuf = open_play.people["ruth"], open_play.people["yusuf"]
    if how == "says so":
        checking_in.mark_left(open_play.entry("ruth"), who=ruth.pk, at=open_play.tick())
    else:
        seating.leave(company.seat("facilitator"), at=open_play.tick())
    with pytest.raises(PermissionDenied):
        chairing.hand_over(
            open_play.entry("dele"), to=open_play.people["dele"].pk, at=open_play.tick()
        )  # not here
    chairing.hand_over(open_play.entry("yusuf"), to=yusuf.pk, at=open_play.tick())
    assert chair() == "yusuf"
    moving.move(open_play.entry("yusuf"), commands.Next(0), at=open_play.tick())
    with pytest.raises(Refusal):
        chairing.hand_over(open_play.entry("yusuf"), to=ruth.pk, at=open_play.tick())


def test_an_empty_room_is_opened_again_by_whoever_comes(company: Cast) -> None:
    play = opened_by(company, "member")
    checking_in.mark_left(play.entry("tomasz"), who=play.people["tomasz"].pk, at=play.tick())
    checking_in.knock(play.entry("amara"), at=play.tick())
    assert (chair(), status(play, "amara")) == ("amara", "entered")


def test_whoever_had_left_reads_nothing_until_they_are_let_in_again(open_play: Play) -> None:
    from setwise.room import asking

    row = to_clarify(open_play)
    tomasz = open_play.people["tomasz"].pk
    checking_in.mark_left(open_play.entry("ruth"), who=tomasz, at=open_play.tick())
    asking.ask(open_play.entry("niamh"), row, text="While away?", for_=None, at=open_play.tick())
    checking_in.knock(open_play.entry("tomasz"), at=open_play.tick())
    assert (status(open_play, "tomasz"), texts(open_play, "tomasz")) == ("waiting", [])
    checking_in.admit(open_play.entry("ruth"), who=None, at=open_play.tick())
    assert (status(open_play, "tomasz"), texts(open_play, "tomasz")) == ("admitted", [])
    open_play.to("round", "explore", 1)
    assert status(open_play, "tomasz") == "entered"
    assert CheckIn.objects.get(person=tomasz).left_at is None


@pytest.mark.parametrize(
    ("hours", "recording", "sentence"),
    [(-4, False, "three hours"), (-1, True, "once it is over"), (-1, False, "")],
)
def test_a_room_is_opened_in_its_time(
    company: Cast, hours: int, recording: bool, sentence: str
) -> None:
    at = company.meeting.starts_at + timedelta(hours=hours)
    if not sentence:
        assert opening.open_room(company.seat("member"), company.meeting, at=at)
        return
    with pytest.raises(Refusal, match=sentence):
        opening.open_room(company.seat("member"), company.meeting, recording=recording, at=at)
    assert not Room.objects.exists()


def test_the_door_offers_to_open_the_room_only_in_its_time(company: Cast) -> None:
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(company.people["member"], backend=backend)
    url = reverse("room:room", args=[company.meeting.pk])
    assert "Open the room" in client.get(url).content.decode()
    starts = company.meeting.starts_at + timedelta(days=2)
    Meeting.objects.filter(pk=company.meeting.pk).update(
        starts_at=starts, ends_at=starts + timedelta(hours=2)
    )
    early = client.get(url).content.decode()
    assert "Open the room" not in early
    assert "three hours before" in early
