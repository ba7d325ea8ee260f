"""Who presents is settled in one press: everyone bids, nobody does, one issue, one shared by two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import bidding, checking_in, choosing, mine, moving, regions
from setwise.room.models import Bid, Room, Round
from setwise.room.refusing import Refusal
from setwise.room.standing import standing
from setwise.sets.models import Membership
from tests.room.looking import view
from tests.room.test_air_time import presented_before
from tests.room.test_plain_forms import room, signed_in

pytestmark = pytest.mark.long

MEMBERS = ("amara", "bronwen", "niamh", "tomasz", "yusuf")


@pytest.fixture
def bidders(open_play: Play) -> Play:
    """At bidding; Yusuf presented nine weeks ago, Bronwen eight, the others since."""
    for weeks, key in enumerate(("amara", "niamh", "tomasz", "bronwen", "yusuf"), 5):
        presented_before(open_play, key, weeks=weeks)
    open_play.to("bidding")
    return open_play


def bids(play: Play, *keys: str) -> None:
    for key in keys:
        issue = f"The issue of {key}"
        bidding.bid(
            play.entry(key), issue=issue, why_now="", passed=False, for_=None, at=play.tick()
        )


def press(play: Play, name: str, key: str = "ruth", *args: object, **words: str) -> int:
    """What a plain form of this person gets."""
    url = reverse(f"room:{name}", args=[play.meeting.pk, *args])
    return signed_in(play, key).post(url, words).status_code


def go(play: Play, where: str) -> int:
    return press(
        play, "position", "ruth", Room.objects.get(meeting=play.meeting).course.moves, go=where
    )


def presenters(play: Play) -> list[str]:
    keys = {person.pk: key for key, person in play.people.items()}
    rows = Round.objects.filter(room__meeting=play.meeting)
    return ["+".join(keys[pk] for pk in row.presenters) for row in rows]


def given(play: Play) -> dict[str, object]:
    seen = view(play, "ruth")
    return mine.given(seen, standing(seen, play.people["ruth"].pk))


def test_everyone_bids_and_one_press_settles_it_by_who_waited_longest(bidders: Play) -> None:
    bids(bidders, *MEMBERS)
    assert "Settle it by who has waited longest" in page(bidders, "ruth")
    assert press(bidders, "choose", longest="1") == 302
    assert presenters(bidders) == ["yusuf", "bronwen"]
    assert Bid.objects.exclude(chosen_at=None).count() == 2
    assert Round.objects.get(room__meeting=bidders.meeting, number=1).words("statement") == (
        "The issue of yusuf"
    )


def test_only_bidders_are_asked_where_there_are_any(bidders: Play) -> None:
    bids(bidders, "amara", "niamh", "tomasz")
    bidding.choose_longest_waiting(bidders.entry("ruth"), at=bidders.tick())
    assert presenters(bidders) == ["tomasz", "niamh"]


def test_fewer_bidders_than_rounds_settle_it_by_themselves(bidders: Play) -> None:
    bids(bidders, "amara", "niamh")
    assert not given(bidders)["settles"]
    assert given(bidders)["invited"] == ""


def test_who_waited_equally_long_settle_it_among_themselves(open_play: Play) -> None:
    open_play.to("bidding")
    bids(open_play, *MEMBERS)  # they all joined on one day, and nobody has presented
    with pytest.raises(Refusal) as refused:
        bidding.choose_longest_waiting(open_play.entry("ruth"), at=open_play.tick())
    assert "have waited equally long. Settle it among yourselves." in refused.value.sentence
    assert presenters(open_play) == []


def test_whoever_joined_waits_since_they_joined(open_play: Play) -> None:
    presented_before(open_play, "amara", weeks=2)
    early = open_play.meeting.starts_at - timedelta(weeks=60)
    Membership.objects.filter(person=open_play.people["niamh"]).update(joined_at=early)
    here = [p for p in view(open_play, "ruth").people if p.is_member and p.status == "entered"]
    assert [p.name.split()[0] for p in choosing.longest_waiting(here, 1)] == ["Niamh"]


def test_nobody_bids_and_the_longest_waiting_is_invited(bidders: Play) -> None:
    html = page(bidders, "ruth")
    assert f"{bidders.people['yusuf']}, who has waited longest, says yes" in html
    assert press(bidders, "choose", longest="1") == 302
    assert presenters(bidders) == ["yusuf"]  # one is invited, not two
    assert "Nobody bids?" not in page(bidders, "ruth")


@pytest.mark.parametrize(("where", "kind"), [("deeper", "progress"), ("early", "review")])
def test_nobody_bids_and_progress_goes_deeper_or_the_set_finishes_early(
    bidders: Play, where: str, kind: str
) -> None:
    assert f'value="{where}"' in page(bidders, "ruth")
    assert go(bidders, where) == 302
    course = Room.objects.get(meeting=bidders.meeting).course
    assert (course.stop.kind, any(stop.round for stop in course.stops)) == (kind, False)


def test_one_issue_for_the_whole_time(bidders: Play) -> None:
    bids(bidders, "amara", "niamh")
    for key in ("amara", "niamh"):
        presenter = bidders.people[key].pk
        bidding.choose(bidders.entry("ruth"), presenter=presenter, at=bidders.tick())
    before = Room.objects.get(meeting=bidders.meeting).course
    assert press(bidders, "today", issues="1") == 302
    course = Room.objects.get(meeting=bidders.meeting).course
    assert {stop.round for stop in course.stops} == {None, 1}
    longer = [sum(s.minutes for s in c.stops if s.round == 1) for c in (before, course)]
    assert longer[1] > longer[0]
    assert presenters(bidders) == ["amara"]  # Niamh's bid is hers again
    assert Bid.objects.get(person=bidders.people["niamh"]).chosen_at is None


def test_one_issue_is_one_press_at_bidding(bidders: Play) -> None:
    assert "One issue today" in page(bidders, "ruth")
    press(bidders, "today", issues="1")
    assert "One issue today" not in page(bidders, "ruth")


def test_a_meeting_without_rounds_has_no_presenter(bidders: Play) -> None:
    go(bidders, "early")
    with pytest.raises(Refusal):
        bidding.choose(
            bidders.entry("ruth"), presenter=bidders.people["amara"].pk, at=bidders.tick()
        )


def test_everyone_sees_when_each_last_presented_by_name(bidders: Play) -> None:
    for key in ("tomasz", "ruth"):
        seen = view(bidders, key)
        shown = regions.SHARED["stage"](seen, True)["presented"]
        names = [name for name, _ in shown]
        assert names == sorted(names) and "Ruth Abercrombie" not in names
        days = dict(shown)
        amara, dele = str(bidders.people["amara"]), str(bidders.people["dele"])
        assert days[amara] == (bidders.meeting.starts_at - timedelta(weeks=5)).date()
        assert days[dele] is None
        assert isinstance(days[amara], date)
    assert "When each last presented" in page(bidders, "tomasz")
    niamh = bidders.people["niamh"].pk
    checking_in.mark_left(bidders.entry("ruth"), who=niamh, at=bidders.tick())
    assert "When each last presented" not in page(bidders, "niamh")


@pytest.mark.parametrize("words", [{"longest": "1"}, {"shares": "x"}, {"undo": "1"}])
def test_only_whoever_holds_the_controls_settles_it(bidders: Play, words: dict[str, str]) -> None:
    person = str(bidders.people["niamh"].pk)
    sent = {name: person if value == "x" else value for name, value in words.items()}
    assert press(bidders, "choose", "tomasz", **sent) == 403


def test_ending_early_with_a_presenter_chosen_gives_the_bid_back(bidders: Play) -> None:
    bids(bidders, "amara")
    amara = bidders.people["amara"].pk
    bidding.choose(bidders.entry("ruth"), presenter=amara, at=bidders.tick())
    course = Room.objects.get(meeting=bidders.meeting).course
    command = commands.WithoutRounds(course.moves, deeper=False)
    with pytest.raises(PermissionDenied):
        bidding.choose(bidders.entry("amara"), presenter=amara, at=bidders.tick())
    moving.move(bidders.entry("ruth"), command, at=bidders.tick())
    assert presenters(bidders) == []
    assert Bid.objects.get(person=amara).chosen_at is None


def page(play: Play, key: str) -> str:
    return signed_in(play, key).get(room(play)).content.decode().replace("&#x27;", "’")
