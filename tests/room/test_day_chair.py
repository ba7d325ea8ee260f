"""The day's chair: offered the controls when they come, and noted for the rotation at the end."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from setwise.meetings.models import Meeting
from setwise.project.demo.playing import Play
from setwise.room import chairing, checking_in, closing, opening
from setwise.sets.models import Membership
from tests.cast import Cast
from tests.room.looking import see
from tests.room.test_chair import chair
from tests.room.test_chair_gone import asked
from tests.sets.visiting import page, signed_in


@pytest.fixture
def play(company: Cast) -> Play:
    """Nobody facilitates; Amara is to chair, and Tomasz comes first and opens."""
    Membership.objects.filter(person=company.people["facilitator"]).delete()
    play = company.play
    Meeting.objects.filter(pk=company.meeting.pk).update(chair=play.people["amara"])
    opening.open_room(company.seat("member"), company.meeting, at=play.at)
    for key in ("amara", "niamh"):
        checking_in.knock(play.entry(key), at=play.tick())
    checking_in.admit(play.entry("tomasz"), who=None, at=play.tick())
    see(play, "tomasz", "amara", "niamh")
    return play


def test_whoever_opened_holds_them_until_the_days_chair_takes_them(play: Play) -> None:
    assert chair() == "tomasz"
    assert asked(play, "tomasz")["back_to"].name == "Amara Nwosu"
    told = asked(play, "amara")
    assert (told["chairs_today"], told["may_take_controls"]) == (True, play.people["amara"].pk)
    assert asked(play, "niamh")["may_take_controls"] is None
    with pytest.raises(PermissionDenied):
        chairing.hand_over(play.entry("niamh"), to=play.people["niamh"].pk, at=play.tick())
    chairing.hand_over(play.entry("amara"), to=play.people["amara"].pk, at=play.tick())
    assert chair() == "amara"


def test_who_held_them_at_the_end_chaired(play: Play) -> None:
    closing.close(play.entry("tomasz"), at=play.tick())
    assert Meeting.objects.get(pk=play.meeting.pk).chair == play.people["tomasz"]


def test_a_facilitator_who_closes_leaves_no_turn_behind(open_play: Play) -> None:
    Meeting.objects.filter(pk=open_play.meeting.pk).update(chair=open_play.people["amara"])
    closing.close(open_play.entry("ruth"), at=open_play.tick())
    assert Meeting.objects.get(pk=open_play.meeting.pk).chair is None


def test_nobody_takes_them_from_a_facilitator_for_having_the_turn(open_play: Play) -> None:
    Meeting.objects.filter(pk=open_play.meeting.pk).update(chair=open_play.people["amara"])
    see(open_play, "ruth", "amara")
    assert asked(open_play, "amara")["may_take_controls"] is None
    with pytest.raises(PermissionDenied):
        chairing.hand_over(
            open_play.entry("amara"), to=open_play.people["amara"].pk, at=open_play.tick()
        )


def test_the_door_says_whose_turn_it_is(company: Cast) -> None:
    url = reverse("room:room", args=[company.meeting.pk])
    member = signed_in(company.people["member"])
    assert "The facilitator holds the controls; until they come" in page(member, url)
    Membership.objects.filter(person=company.people["facilitator"]).delete()
    Meeting.objects.filter(pk=company.meeting.pk).update(chair=company.people["presenter"])
    assert "Amara Nwosu chairs today." in page(member, url)
    assert "You chair today" in page(signed_in(company.people["presenter"]), url)
