"""A meeting by a set's own protocol: opened by the rules, chosen today, and kept as it began."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setwise.project.demo.playing import Play
from setwise.protocols import commands, reading, shipped
from setwise.protocols.course import Course
from setwise.protocols.engine import Refused
from setwise.room import bidding, closing, moving, opening
from setwise.room.models import Room
from setwise.sets import seats, varying
from setwise.sets.models import GroundRules, LearningSet, Variant
from tests.cast import Cast

pytestmark = pytest.mark.once

TEXT = (
    shipped.text_of("classic")
    .replace('title = "Classic"', 'title = "Our way"')
    .replace('key = "explore"', 'key = "wonder"')
    .replace('title = "Explore"', 'title = "Wonder"')
    .replace("Think aloud. Silence is yours to use.", "Wonder aloud.")
)


def keep(company: Cast, text: str = TEXT, after: Variant | None = None) -> Variant:
    return varying.keep(company.seat("member"), text=text, after=after, at=timezone.now())


def press(play: Play, key: str, **words: str) -> int:
    client = Client()
    client.force_login(
        play.people[key], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    url = reverse("room:today", args=[play.meeting.pk])
    return client.post(url, words, headers={"X-Setwise-Room": "1"}).status_code


def page(play: Play, key: str) -> str:
    client = Client()
    client.force_login(
        play.people[key], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = client.get(reverse("room:room", args=[play.meeting.pk]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_it_opens_by_the_rules_and_is_held_to_its_end_as_it_was_agreed(company: Cast) -> None:
    row, play = keep(company), company.play
    GroundRules.objects.filter(state="in force").update(protocol=row.key)
    assert "What will happen: Our way" in page(play, "niamh")  # at the door
    opening.open_room(company.seat("facilitator"), company.meeting, at=play.at)
    keep(company, TEXT.replace("Wonder aloud.", "Changed meanwhile."), after=row)
    play.to("round", "wonder", 1)
    course = Room.objects.get().course
    assert reading.part(course).guidance["presenter"] == "Wonder aloud."
    assert Course.from_json(course.to_json()) == course
    Variant.objects.all().delete()  # whatever becomes of it, the meeting keeps what it began with
    play.to("check-out")
    closing.close(play.entry("ruth"), at=play.tick())
    assert "Our way" in Room.objects.get().course.follows.label
    assert page(play, "ruth")


def test_today_we_follow_it_and_return_to_another(open_play: Play, company: Cast) -> None:
    row = keep(company)
    assert ">Our way</button>" in page(open_play, "ruth")
    assert press(open_play, "ruth", protocol=row.key) == 204
    assert press(open_play, "niamh", protocol="classic") == 403
    assert '<p class="muted">Our way</p>' in page(open_play, "niamh")
    assert ">Our way</button>" not in page(open_play, "ruth")
    presenter = open_play.people["amara"].pk
    open_play.to("bidding")
    bidding.choose(open_play.entry("ruth"), presenter=presenter, at=open_play.tick())
    open_play.to("round", "wonder", 1)
    assert "Wonder" in page(open_play, "niamh")
    assert press(open_play, "ruth", protocol="classic") == 204
    assert view_title(open_play) == "Wonder"  # where it was, though Classic has no such stage
    assert page(open_play, "amara")


def view_title(play: Play) -> str:
    return reading.part(play.entry("ruth").room.course).title


def test_another_sets_protocol_is_refused_and_so_is_none(open_play: Play, company: Cast) -> None:
    other = company.people["other set"]
    theirs = LearningSet.objects.visible_to(other).get()
    row = varying.keep(seats.take(other, theirs.pk), text=TEXT, at=timezone.now())
    for key in (row.key, "nothing", "\0", "x" * 3000):
        assert press(open_play, "ruth", protocol=key) == 409
    assert open_play.entry("ruth").room.course.own == ()


def test_a_room_offers_what_was_kept_while_it_was_open(open_play: Play, company: Cast) -> None:
    before = LearningSet.objects.get(pk=company.learning_set.pk).seats_version
    row = keep(company)
    # streams read the room again where the seats' version moves
    assert LearningSet.objects.get(pk=company.learning_set.pk).seats_version > before
    assert ">Our way</button>" in page(open_play, "ruth")
    varying.put_away(company.seat("member"), row)
    assert ">Our way</button>" not in page(open_play, "ruth")


def test_rules_that_name_a_protocol_that_is_no_more_open_with_classic(company: Cast) -> None:
    GroundRules.objects.filter(state="in force").update(protocol="of-a-guest")
    assert "What will happen: Classic" in page(company.play, "niamh")
    room = opening.open_room(company.seat("facilitator"), company.meeting, at=company.play.at)
    assert room.course.protocol == "classic"


def test_a_stop_of_a_protocol_that_is_no_more_keeps_its_clock(open_play: Play) -> None:
    room = open_play.entry("ruth").room
    data = room.course_json | {"protocol": "classic"}
    data["stops"] = [{**stop, "step": "gone", "stage": None} for stop in data["stops"]]
    Room.objects.filter(pk=room.pk).update(course_json=data)
    assert "Check-in" in page(open_play, "niamh")
    with pytest.raises(Refused):
        moving.move(open_play.entry("ruth"), commands.AskSharing(), at=open_play.tick())
