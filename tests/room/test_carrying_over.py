"""A bid that was not chosen is its author's again, who may carry it over with one press."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from setwise.meetings.models import Meeting
from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import air_time, bidding, checking_in, closing, moving, opening
from setwise.room.models import Bid, Room, Round
from setwise.sets import seats
from tests.cast import Cast
from tests.room.test_plain_forms import BACKEND, form, room, signed_in
from tests.room.test_settling import bids

pytestmark = pytest.mark.long

ISSUE = "The issue of niamh"


@pytest.fixture
def over(open_play: Play) -> Play:
    """A meeting is over in which Amara was chosen and Niamh was not."""
    open_play.to("bidding")
    bids(open_play, "amara", "niamh")
    amara = open_play.people["amara"].pk
    bidding.choose(open_play.entry("ruth"), presenter=amara, at=open_play.tick())
    open_play.to("round", "present", 1)
    closing.close(open_play.entry("ruth"), at=open_play.tick())
    return open_play


@pytest.fixture
def following(over: Play) -> Play:
    """The next meeting, at its bidding: the same people are there."""
    return next_meeting(over)


def next_meeting(play: Play, *, present: tuple[str, ...] = ("ruth", "amara", "niamh")) -> Play:
    meeting = Meeting.objects.get(pk=play.meeting.pk)
    starts = meeting.starts_at.replace(year=meeting.starts_at.year + 1)
    meeting.pk = None
    meeting.set_time(starts, 120)
    meeting.save(force_insert=True)
    play.meeting, play.at = meeting, starts
    play.present = list(present)
    seat = seats.take(play.people["ruth"], meeting.learning_set_id)
    opening.open_room(seat, meeting, at=play.at)
    for key in present[1:]:
        checking_in.admit(play.entry("ruth"), who=[play.people[key].pk], at=play.tick())
    play.to("bidding")
    return play


def close(play: Play) -> None:
    closing.close(play.entry("ruth"), at=play.tick())


def carriable(play: Play, key: str) -> Bid | None:
    return air_time.carriable(play.people[key], Room.objects.get(meeting=play.meeting))


def test_it_goes_back_to_its_author_and_to_nobody_else(over: Play) -> None:
    html = signed_in(over, "niamh").get(room(over)).content.decode()
    assert "Your bid is yours again" in html and ISSUE in html
    for key in ("ruth", "amara", "tomasz"):
        html = signed_in(over, key).get(room(over)).content.decode()
        assert "yours again" not in html and ISSUE not in html


def test_one_press_carries_it_over(following: Play) -> None:
    client, url = signed_in(following, "niamh"), reverse("room:bid", args=[following.meeting.pk])
    html = client.get(room(following)).content.decode()
    assert f"Last time you bid: {ISSUE}" in html
    start = html.index('name="carried"')
    sent = {"carried": html[start:].partition('value="')[2].partition('"')[0]}
    assert client.post(url, sent).status_code == 302
    bid = Bid.objects.get(room__meeting=following.meeting)
    assert (bid.words("issue"), bid.person, bid.passed) == (ISSUE, following.people["niamh"], False)
    assert bid.confirmed_at
    assert "Last time you bid" not in client.get(room(following)).content.decode()


def test_nobody_else_is_offered_it_nor_may_carry_it(following: Play) -> None:
    mine = carriable(following, "niamh")
    assert mine
    for key in ("ruth", "amara"):
        client = signed_in(following, key)
        assert ISSUE not in client.get(room(following)).content.decode()
        url = reverse("room:bid", args=[following.meeting.pk])
        assert client.post(url, {"carried": str(mine.pk)}).status_code == 404
    assert not Bid.objects.filter(room__meeting=following.meeting).exists()


def test_it_has_served_once_its_author_has_bid_or_passed_again(following: Play) -> None:
    words = {"issue": "", "why_now": "", "passed": True, "for_": None}
    bidding.bid(following.entry("niamh"), at=following.tick(), **words)  # type: ignore[arg-type]
    assert carriable(following, "niamh")  # until the meeting is over it can still be changed
    close(following)
    assert not Bid.objects.filter(person=following.people["niamh"], passed=False).exists()
    assert carriable(next_meeting(following), "niamh") is None


def test_it_waits_for_whoever_was_away(over: Play) -> None:
    away = next_meeting(over, present=("ruth", "amara"))
    close(away)
    found = carriable(next_meeting(away), "niamh")
    assert found and found.words("issue") == ISSUE


def test_its_author_may_let_it_go(over: Play) -> None:
    client, url = signed_in(over, "niamh"), reverse("room:let-go", args=[over.meeting.pk])
    sent = form(client.get(room(over)).content.decode(), url)
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert not Bid.objects.filter(person=over.people["niamh"]).exists()
    assert "yours again" not in client.get(room(over)).content.decode()
    assert Bid.objects.filter(person=over.people["amara"]).exists()


def test_a_chosen_bid_a_pass_and_an_open_meeting_have_nothing_to_give_back(
    open_play: Play,
) -> None:
    open_play.to("bidding")
    bids(open_play, "amara", "niamh")
    url = reverse("room:let-go", args=[open_play.meeting.pk])
    assert signed_in(open_play, "niamh").post(url).status_code == 422
    assert Bid.objects.filter(person=open_play.people["niamh"]).exists()


def test_a_round_that_never_began_gives_its_bid_back(open_play: Play) -> None:
    open_play.to("bidding")
    bids(open_play, "amara", "niamh")
    for key in ("amara", "niamh"):
        presenter = open_play.people[key].pk
        bidding.choose(open_play.entry("ruth"), presenter=presenter, at=open_play.tick())
    open_play.to("round", "present", 1)
    moves = Room.objects.get(meeting=open_play.meeting).course.moves
    moving.move(open_play.entry("ruth"), commands.Back(moves), at=open_play.tick())
    close(open_play)
    assert [row.presenter for row in Round.objects.filter(room__meeting=open_play.meeting)] == [
        open_play.people["amara"]
    ]
    found = air_time.returned(open_play.people["niamh"], Room.objects.get())
    assert found and found.words("issue") == ISSUE


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("member", 302),
        ("apologies", 403),
        ("late joiner", 403),
        ("other set", 404),
        ("former", 404),
    ],
)
def test_letting_go_is_for_whoever_was_there(
    over: Play, company: Cast, role: str, status: int
) -> None:
    client = Client()
    client.force_login(company.people[role], backend=BACKEND)
    before = Bid.objects.count()
    assert client.post(reverse("room:let-go", args=[over.meeting.pk])).status_code == status
    assert Bid.objects.count() == before  # they have none of their own
