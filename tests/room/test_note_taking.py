"""What somebody else writes down is a draft of its owner's, and never takes their words' place."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from setwise.actions.deciding import Decision
from setwise.actions.models import Action
from setwise.project.demo.playing import Play
from setwise.room import asking, bidding, concluding, confirming, presenting
from setwise.room.composing import for_others
from setwise.room.models import Bid, CheckOut, Draft, Option, Question, Room, Round
from setwise.room.refusing import Refusal
from setwise.room.standing import standing
from tests.room.looking import to_clarify, view


def room() -> Room:
    return Room.objects.get()


def say(play: Play, who: str, row: Round, name: str, words: str) -> Round:
    row.refresh_from_db()
    presenting.say(play.entry(who), row, name=name, words=words, at=play.tick())
    row.refresh_from_db()
    return row


def test_the_presenters_words_are_the_presenters(open_play: Play) -> None:
    row = to_clarify(open_play)
    say(open_play, "amara", row, "statement", "My own words")
    say(open_play, "niamh", row, "statement", "Words of Niamh’s")
    assert row.words("statement") == "My own words"
    assert [(d.what, d.text) for d in view(open_play, "amara").unconfirmed] == [
        ("statement", "Words of Niamh’s")
    ]
    assert view(open_play, "yusuf").unconfirmed == ()
    draft = Draft.objects.get()
    with pytest.raises(PermissionDenied):
        confirming.confirm(
            open_play.people["niamh"], room(), kind="part", pk=draft.pk, at=open_play.at
        )
    confirming.confirm(open_play.people["amara"], room(), kind="part", pk=draft.pk, at=open_play.at)
    row.refresh_from_db()
    assert (row.words("statement"), row.words("first_statement")) == (
        "Words of Niamh’s",
        "My own words",
    )
    assert not Draft.objects.exists()


def test_the_bid_stands_until_the_issue_is_said_and_is_no_first_statement(open_play: Play) -> None:
    row = to_clarify(open_play)
    assert row.words("statement") == "Hers"
    say(open_play, "amara", row, "statement", "Said first")
    assert (row.words("statement"), row.words("first_statement")) == ("Said first", "")
    say(open_play, "amara", row, "statement", "Reworded")
    say(open_play, "amara", row, "statement", "Reworded again")
    assert (row.words("statement"), row.words("first_statement")) == (
        "Reworded again",
        "Said first",
    )


def test_a_bid_written_for_somebody_is_no_statement_until_they_say_so(open_play: Play) -> None:
    open_play.to("bidding")
    amara = open_play.people["amara"]
    words: dict[str, Any] = {"why_now": "", "passed": False, "at": open_play.tick()}
    bidding.bid(open_play.entry("ruth"), issue="Ruth’s hearing of it", for_=amara.pk, **words)
    row = bidding.choose(open_play.entry("ruth"), presenter=amara.pk, at=open_play.tick())
    assert row.words("statement") == ""
    draft = Draft.objects.get(round=row)
    confirming.confirm(amara, room(), kind="part", pk=draft.pk, at=open_play.tick())
    row.refresh_from_db()
    assert row.words("statement") == "Ruth’s hearing of it"


def test_a_note_taker_overwrites_neither_bid_nor_check_out(open_play: Play) -> None:
    open_play.to("bidding")
    yusuf = open_play.people["yusuf"]
    bid: dict[str, Any] = {"why_now": "", "passed": False}
    bidding.bid(open_play.entry("yusuf"), issue="His", for_=None, at=open_play.tick(), **bid)
    with pytest.raises(Refusal, match="written this already"):
        bidding.bid(open_play.entry("niamh"), issue="No", for_=yusuf.pk, at=open_play.at, **bid)
    assert Bid.objects.get(person=yusuf).words("issue") == "His"
    open_play.to("check-out")
    out: dict[str, Any] = {"action": "", "due_on": None, "passed": False}
    concluding.check_out(
        open_play.entry("yusuf"), learning="To wait", for_=None, at=open_play.tick(), **out
    )
    with pytest.raises(Refusal, match="written this already"):
        concluding.check_out(
            open_play.entry("niamh"), learning="No", for_=yusuf.pk, at=open_play.at, **out
        )
    assert CheckOut.objects.get(person=yusuf).words("learning") == "To wait"


def test_an_owner_confirms_or_drops_whatever_kind_it_is(open_play: Play) -> None:
    row = to_clarify(open_play)
    niamh, amara = open_play.people["niamh"], open_play.people["amara"]
    ruth: dict[str, Any] = {"for_": niamh.pk, "at": open_play.tick()}
    note = asking.ask(open_play.entry("ruth"), row, text="Why?", **ruth)
    dropped = asking.ask(open_play.entry("ruth"), row, text="Not mine", **ruth)
    open_play.to("round", "decide", 1)
    action = concluding.decide(
        open_play.entry("ruth"),
        row,
        decision=Decision("Ring them"),
        for_=amara.pk,
        at=open_play.tick(),
    )
    confirming.confirm(niamh, room(), kind="question", pk=note.pk, at=open_play.tick())
    confirming.drop(niamh, room(), kind="question", pk=dropped.pk)
    confirming.confirm(amara, room(), kind="action", pk=action.pk, at=open_play.tick())
    assert [(q.words("text"), bool(q.confirmed_at)) for q in Question.objects.all()] == [
        ("Why?", True)
    ]
    assert Action.objects.get(pk=action.pk).confirmed_at
    with pytest.raises(Http404):  # it is no draft any more
        confirming.drop(open_play.people["ruth"], room(), kind="question", pk=note.pk)


def test_a_check_out_written_for_somebody_brings_its_action_along(open_play: Play) -> None:
    open_play.to("check-out")
    yusuf = open_play.people["yusuf"]
    words: dict[str, Any] = {
        "learning": "To wait",
        "action": "Walk the ward",
        "due_on": None,
        "passed": False,
    }
    concluding.check_out(open_play.entry("ruth"), for_=yusuf.pk, at=open_play.tick(), **words)
    assert [d.text for d in view(open_play, "yusuf").unconfirmed] == ["To wait Walk the ward"]
    row = CheckOut.objects.get(person=yusuf)
    confirming.confirm(yusuf, room(), kind="check-out", pk=row.pk, at=open_play.tick())
    row.refresh_from_db()
    assert row.confirmed_at
    assert row.action
    assert row.action.confirmed_at
    words["action"] = "Walk it at ten"
    concluding.check_out(open_play.entry("yusuf"), for_=None, at=open_play.tick(), **words)
    assert [a.text() for a in Action.objects.filter(owner=yusuf, meeting=row.room.meeting)] == [
        "Walk it at ten"
    ]


def test_options_for_the_presenter_need_no_invitation_and_others_do(open_play: Play) -> None:
    row = to_clarify(open_play)
    open_play.to("round", "options", 1)
    amara = open_play.people["amara"].pk
    asking.offer(open_play.entry("ruth"), row, text="Hers", for_=amara, at=open_play.tick())
    with pytest.raises(PermissionDenied):
        asking.offer(open_play.entry("ruth"), row, text="Mine", for_=None, at=open_play.tick())
    assert [option.words("text") for option in Option.objects.all()] == ["Hers"]


def test_a_facilitator_from_outside_does_not_present(open_play: Play) -> None:
    open_play.to("bidding")
    with pytest.raises(Refusal, match="Only a member presents"):
        bidding.choose(
            open_play.entry("ruth"), presenter=open_play.people["ruth"].pk, at=open_play.tick()
        )
    assert not Round.objects.exists()


def test_a_facilitator_from_outside_does_not_bid(open_play: Play) -> None:
    open_play.to("bidding")
    before = Bid.objects.count()
    ruth = open_play.people["ruth"].pk
    for writer, kind in (("ruth", PermissionDenied), ("niamh", Refusal)):
        for passed in (False, True):
            with pytest.raises(kind, match="Only a member presents"):
                bidding.bid(
                    open_play.entry(writer),
                    issue="My own",
                    why_now="",
                    passed=passed,
                    for_=ruth,
                    at=open_play.tick(),
                )
    assert Bid.objects.count() == before
    page = view(open_play, "niamh")
    who = standing(page, open_play.people["niamh"].pk)
    choices = {
        each.key: {key for key, _ in each.fields[0].choices}
        for each in for_others(open_play.entry("niamh"), page, who)
    }
    assert str(ruth) in choices["for-check-out"] - choices["for-bid"]
