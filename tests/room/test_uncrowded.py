"""What is not offered: the buttons and boxes that a person could do nothing with just now."""

from __future__ import annotations

import re

import pytest

from setwise.project.demo.playing import Play
from setwise.room import bidding, checking_in, concluding, mine, presenting
from setwise.room.composing import own
from setwise.room.standing import standing
from setwise.room.writable import open_composers
from tests.room.looking import shown, to_clarify, view
from tests.room.test_settling import bids

pytestmark = pytest.mark.once


def boxes(play: Play, key: str) -> list[str]:
    seen = view(play, key)
    return open_composers(seen, standing(seen, play.people[key].pk))


def given(play: Play, key: str) -> dict[str, object]:
    seen = view(play, key)
    return mine.given(seen, standing(seen, play.people[key].pk))


def test_whoever_facilitates_from_outside_has_no_bid_to_write(open_play: Play) -> None:
    open_play.to("bidding")
    assert "bid" in boxes(open_play, "amara")
    assert "bid" not in boxes(open_play, "ruth")
    assert "for-bid" in boxes(open_play, "ruth")


def test_an_invitation_to_offer_options_ends_where_the_presenter_decides(open_play: Play) -> None:
    row = to_clarify(open_play)
    open_play.to("round", "options", 1)
    presenting.invite_options(open_play.entry("amara"), row, on=True)
    assert "option" in boxes(open_play, "niamh")
    open_play.to("round", "decide", 1)
    assert "option" not in boxes(open_play, "niamh")
    assert {"option", "action"} <= set(boxes(open_play, "amara"))


@pytest.mark.parametrize(
    ("air_time", "offered"), [("bid", 2), ("equal", 5)], ids=("by bid", "equal")
)
def test_bidders_are_offered_first_and_whoever_did_not_bid_under_a_fold(
    open_play: Play, air_time: str, offered: int
) -> None:
    open_play.filled.learning_set.ground_rules.update(air_time=air_time)
    open_play.to("bidding")
    assert "who-else" not in shown(open_play, "ruth")  # nobody has bid: all are asked alike
    bids(open_play, "amara", "niamh")
    found = given(open_play, "ruth")
    assert [len(found[each]) for each in ("offered", "candidates")] == [offered, 5]  # type: ignore[arg-type]
    assert ("who-else" in shown(open_play, "ruth")) is (offered < 5)
    tomasz = open_play.people["tomasz"].id
    bidding.choose(open_play.entry("ruth"), presenter=tomasz, at=open_play.tick())


def test_check_in_comes_before_going_on(open_play: Play) -> None:
    assert 'class="button" id="next"' in shown(open_play, "ruth")
    row = open_play.people["dele"]
    checking_in.knock(open_play.entry("dele"), at=open_play.tick())
    html = shown(open_play, "ruth")
    assert re.search(f"Check in <bdi [^>]*>{row.name}</bdi>", html)
    assert 'class="button" id="next"' not in html


def test_what_each_is_asked_for_stands_open_until_it_is_given(open_play: Play) -> None:
    def unfolded(key: str) -> set[str]:
        seen, entry = view(open_play, key), open_play.entry(key)
        found = own(entry, seen, standing(seen, entry.person.pk))
        return {each.name for each in found if each.unfolded} & {"review", "learning"}

    assert unfolded("ruth") == set()
    open_play.to("review")
    assert {key: unfolded(key) for key in ("ruth", "niamh")} == {"ruth": {"review"}, "niamh": set()}
    concluding.review(
        open_play.entry("ruth"), helped="", rule="", change="Shorter.", at=open_play.tick()
    )
    assert unfolded("ruth") == set()
    open_play.to("check-out")
    assert unfolded("niamh") == {"learning"}
    concluding.check_out(
        open_play.entry("niamh"),
        learning="",
        action="",
        due_on=None,
        passed=True,
        for_=None,
        at=open_play.tick(),
    )
    assert {key: unfolded(key) for key in ("ruth", "niamh")} == {
        "ruth": {"learning"},
        "niamh": set(),
    }


def test_a_round_of_nobody_is_left_out_in_one_press_and_has_no_prompt(open_play: Play) -> None:
    open_play.to("bidding")
    assert "take one issue" in shown(open_play, "ruth")
    bids(open_play, "amara")
    bidding.choose(
        open_play.entry("ruth"), presenter=open_play.people["amara"].id, at=open_play.tick()
    )
    open_play.to("round", "present", 1)
    first = shown(open_play, "ruth")
    assert (
        "take one issue" in first
        and "End the round" in first
        and given(open_play, "ruth")["prompt"]
    )
    open_play.to("round", "present", 2)
    second = shown(open_play, "ruth")
    assert "Leave this round out" in second and "End the round" not in second
    assert "take one issue" not in second  # it has begun, so that would change nothing
    assert given(open_play, "ruth")["prompt"] == ""
