"""What somebody prepared is put into their own forms with one press, and read by nobody else."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from setwise.actions import preparing
from setwise.actions.models import Action
from setwise.actions.preparing import Prepared, Told
from setwise.project.demo.playing import Play
from setwise.room import bidding
from setwise.sets import seats
from tests.room.test_plain_forms import room, signed_in

ISSUE, WHY, SUCCESS = "Two night nurses are not speaking", "One asks to move", "They talk again"
HAPPENED, LEARNED = "I rang both", "To ring before I write"


@pytest.fixture
def prepared(open_play: Play) -> Play:
    """Bronwen, whose action comes up at the progress step, has prepared."""
    action = Action.objects.get(owner=open_play.people["bronwen"])
    words = Prepared(ISSUE, WHY, SUCCESS, "yes", {action.pk: Told("going", HAPPENED, LEARNED)})
    person, meeting = open_play.people["bronwen"], open_play.meeting
    seat = seats.take(person, meeting.learning_set_id)
    preparing.prepare(seat, meeting, words, at=open_play.at)
    return open_play


def page(play: Play, key: str, use: str = "") -> str:
    return signed_in(play, key).get(room(play), {"use": use}).content.decode()


def field(html: str, id_: str) -> str:
    found = re.search(rf'<textarea id="{id_}".*?>(.*?)</textarea>', html, re.S)
    assert found, id_
    return found[1]


def link(html: str, key: str) -> str:
    """Where the one press leads without JavaScript."""
    found = re.search(rf'href="([^"]*\?use={key}#composer-{key})"', html)
    assert found, key
    return found[1]


def test_a_bid_is_filled_in_with_one_press_and_sent_by_its_author(prepared: Play) -> None:
    prepared.to("bidding")
    before = page(prepared, "bronwen")
    assert field(before, "bid-issue") == ""
    filled = signed_in(prepared, "bronwen").get(link(before, "bid")).content.decode()
    assert (field(filled, "bid-issue"), field(filled, "bid-why_now")) == (ISSUE, WHY)
    for key in ("ruth", "amara"):  # it is nobody's until she sends it
        assert ISSUE not in page(prepared, key, "bid")
    bidding.bid(
        prepared.entry("bronwen"),
        issue="Reworded",
        why_now=WHY,
        passed=False,
        for_=None,
        at=prepared.tick(),
    )
    after = page(prepared, "bronwen", "bid")
    assert field(after, "bid-issue") == "Reworded" and ISSUE not in after


def test_progress_is_filled_in_with_one_press(prepared: Play) -> None:
    prepared.to("progress")
    action = Action.objects.get(owner=prepared.people["bronwen"])
    key = f"progress-{action.pk}"
    html = signed_in(prepared, "bronwen").get(link(page(prepared, "bronwen"), key)).content.decode()
    assert field(html, f"{key}-happened") == HAPPENED
    assert field(html, f"{key}-learned") == LEARNED
    assert 'value="going" checked' in html
    assert HAPPENED not in page(prepared, "ruth", key)


def test_the_presenter_has_their_success_at_hand(prepared: Play) -> None:
    prepared.to("bidding")
    presenter = prepared.people["bronwen"].pk
    row = bidding.choose(prepared.entry("ruth"), presenter=presenter, at=prepared.tick())
    prepared.to("round", "present", 1)
    key = f"presentation-{row.pk}"
    assert SUCCESS in field(page(prepared, "bronwen", key), f"{key}-presentation")
    assert SUCCESS not in page(prepared, "ruth", key)


def test_elsewhere_in_the_meeting_it_stays_shut(prepared: Play) -> None:
    assert ISSUE not in page(prepared, "bronwen", "bid")  # at check-in
    prepared.to("review")
    assert ISSUE not in page(prepared, "bronwen", "bid")


def test_a_refused_bid_keeps_what_was_typed(prepared: Play) -> None:
    prepared.to("bidding")
    url = reverse("room:bid", args=[prepared.meeting.pk])
    client = signed_in(prepared, "bronwen")
    answer = client.post(f"{url}?use=bid", {"issue": "x" * 501, "why_now": "Mine"})
    assert answer.status_code == 422
    assert field(answer.content.decode(), "bid-why_now") == "Mine"
