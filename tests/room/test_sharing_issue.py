"""Two presenters share an issue: the round is both's, and each decides their own actions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from setwise.actions.deciding import Decision
from setwise.actions.models import Action
from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import (
    asking,
    bidding,
    chairing,
    concluding,
    mine,
    moving,
    presenting,
    records,
    redacting,
    regions,
    waiting,
)
from setwise.room.models import Bid, Presence, Room, Round
from setwise.room.recording import open_record, own_rounds
from setwise.room.refusing import Refusal
from setwise.room.standing import standing
from setwise.room.writable import open_composers
from setwise.sets import seating
from tests.room.looking import shown, view
from tests.room.test_plain_forms import room, signed_in
from tests.room.test_settling import bids, presenters, press

pytestmark = pytest.mark.long


@pytest.fixture
def shared(open_play: Play) -> Play:
    """At bidding; Amara presents, and Niamh, who has bid too, shares her issue: one press."""
    open_play.to("bidding")
    bids(open_play, "amara", "niamh")
    amara, niamh = (open_play.people[key].pk for key in ("amara", "niamh"))
    bidding.choose(open_play.entry("ruth"), presenter=amara, at=open_play.tick())
    assert press(open_play, "choose", shares=str(niamh)) == 302
    return open_play


def the_round(play: Play) -> Round:
    return Round.objects.get(room__meeting=play.meeting)


def decide(play: Play, key: str, text: str, for_: str = "") -> Action:
    owner = play.people[for_].pk if for_ else None
    return concluding.decide(
        play.entry(key), the_round(play), decision=Decision(text), for_=owner, at=play.tick()
    )


def test_one_press_shares_the_issue_and_one_takes_it_back(shared: Play) -> None:
    assert presenters(shared) == ["amara+niamh"]
    assert Bid.objects.exclude(chosen_at=None).count() == 2
    names = f"{shared.people['amara']} and {shared.people['niamh']}"
    assert names in signed_in(shared, "tomasz").get(room(shared)).content.decode()
    assert [press(shared, "choose", undo="1") for _ in range(2)] == [302, 302]
    assert presenters(shared) == []
    assert Bid.objects.filter(chosen_at=None).count() == 2


def test_a_shared_issue_takes_one_round_and_leaves_the_other_free(shared: Play) -> None:
    seen = view(shared, "ruth")
    given = mine.given(seen, standing(seen, shared.people["ruth"].pk))
    offered = {person.pk: key for key, person in shared.people.items()}
    names = {offered[p.id] for p in given["candidates"]}
    assert names == {"bronwen", "tomasz", "yusuf"}
    assert given["sharers"] == ()  # two is as many as share one
    for who in ("niamh", "tomasz"):
        with pytest.raises(Refusal):
            bidding.share(shared.entry("ruth"), with_=shared.people[who].pk, at=shared.tick())
    niamh = shared.people["niamh"].pk
    with pytest.raises(Refusal):
        bidding.choose(shared.entry("ruth"), presenter=niamh, at=shared.tick())
    tomasz = shared.people["tomasz"].pk
    bidding.choose(shared.entry("ruth"), presenter=tomasz, at=shared.tick())
    assert presenters(shared) == ["amara+niamh", "tomasz"]


@pytest.mark.parametrize("who", ["ruth", "dele"])
def test_whoever_is_no_member_or_not_here_shares_none(shared: Play, who: str) -> None:
    press(shared, "choose", undo="1")
    with pytest.raises(Refusal):
        bidding.share(shared.entry("ruth"), with_=shared.people[who].pk, at=shared.tick())


def test_nobody_shares_an_issue_with_themselves(shared: Play) -> None:
    row = the_round(shared)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=row.pk).update(shared_with=row.presenter)


def test_both_present(shared: Play) -> None:
    shared.to("round", "options", 1)
    for key in ("amara", "niamh"):
        who = standing(view(shared, key), shared.people[key].pk)
        assert who.presents and "option" in open_composers(view(shared, key), who)
        presenting.invite_options(shared.entry(key), the_round(shared), on=True)
    with pytest.raises(PermissionDenied):
        presenting.invite_options(shared.entry("tomasz"), the_round(shared), on=True)
    moving.move(shared.entry("niamh"), commands.Pause(), at=shared.tick())  # a presenter may


def test_both_are_spoken_of(shared: Play) -> None:
    shared.to("round", "present", 1)
    seen = view(shared, "tomasz")
    clock = regions.SHARED["clock"](seen, True)
    assert clock["speaks"] == f"{shared.people['amara']} and {shared.people['niamh']} speak."


def test_an_option_is_offered_until_each_of_them_has_taken_it(shared: Play) -> None:
    shared.to("round", "options", 1)
    row = the_round(shared)
    asking.offer(shared.entry("amara"), row, text="Ring the ward", for_=None, at=shared.tick())
    shared.to("round", "decide", 1)
    offered = "I will do: <bdi>Ring the ward</bdi>"
    assert offered in shown(shared, "amara")
    decide(shared, "amara", "Ring the ward")
    assert offered in shown(shared, "niamh")
    decide(shared, "niamh", "Ring the ward")
    assert offered not in shown(shared, "amara") + shown(shared, "niamh")


def test_each_decides_their_own_actions_and_reads_them_in_the_record(shared: Play) -> None:
    shared.to("round", "decide", 1)
    hers = decide(shared, "amara", "I ring both")
    theirs = decide(shared, "niamh", "I write the rota")
    drafted = decide(shared, "ruth", "Niamh asks the ward", for_="niamh")
    assert {a.owner: a.confirmed_at is None for a in (hers, theirs, drafted)} == {
        shared.people["amara"]: False,
        shared.people["niamh"]: True,
    }
    with pytest.raises(PermissionDenied):
        decide(shared, "tomasz", "I do something too")
    shared.to("review")
    for key, texts in (
        ("amara", ["I ring both"]),
        ("niamh", ["I write the rota", "Niamh asks the ward"]),
    ):
        person = shared.people[key]
        record = open_record(records.record_of(person, the_round(shared).pk), person)
        assert record.own and sorted(text for _, text in record.decided) == texts
        assert [row for row, _ in own_rounds(person)] == [the_round(shared)]
    with pytest.raises(Http404):
        records.record_of(shared.people["tomasz"], the_round(shared).pk)


def test_a_note_taker_says_whose_action_it_is(shared: Play) -> None:
    shared.to("round", "decide", 1)
    html = signed_in(shared, "ruth").get(room(shared)).content.decode()
    start = html.index(f'id="composer-for-action-{the_round(shared).pk}"')
    form = html[start : html.index("</form>", start)]
    people = [shared.people[key] for key in ("amara", "niamh")]
    assert all(f'<option value="{p.pk}">{p}' in form for p in people)
    assert form.count("<option") == 2


def test_whoever_shared_it_keeps_the_record_after_leaving(shared: Play) -> None:
    shared.to("round", "present", 1)
    presenting.say(
        shared.entry("niamh"), the_round(shared), name="statement", words="Ours", at=shared.tick()
    )
    shared.to("review")
    seating.leave(shared.entry("niamh").seat, at=timezone.now())
    client = signed_in(shared, "niamh")
    html = client.get(reverse("room:record", args=[the_round(shared).pk])).content.decode()
    assert "Ours" in html and "My round" in html


def test_both_have_presented(shared: Play) -> None:
    shared.to("round", "present", 1)
    found = waiting.last_presented(shared.filled.learning_set.pk)
    assert set(found) >= {shared.people["amara"].pk, shared.people["niamh"].pk}


def test_sharing_in_mid_round_opens_what_was_written(shared: Play) -> None:
    press(shared, "choose", undo="1")
    shared.to("round", "present", 1)
    bidding.share(shared.entry("ruth"), with_=shared.people["niamh"].pk, at=shared.tick())
    seen = view(shared, "niamh")
    assert seen.round and seen.round.statement == "The issue of amara"
    assert seen.sharing == ((1, shared.people["niamh"].pk),)


def test_a_record_deleted_by_one_is_the_others_alone(shared: Play) -> None:
    shared.to("round", "decide", 1)
    hers, theirs = decide(shared, "amara", "I ring both"), decide(shared, "niamh", "I write")
    shared.to("review")
    amara, niamh = shared.people["amara"], shared.people["niamh"]
    redacting.delete(records.own(amara, the_round(shared).pk), at=shared.tick())
    row = the_round(shared)
    assert (row.presenter, row.shared_with, row.key_id) == (niamh, None, niamh.key_id)
    assert row.words("statement") == "The issue of amara"
    with pytest.raises(Http404):
        records.record_of(amara, row.pk)
    assert [action for action, _ in open_record(row, niamh).decided] == [theirs]
    assert hers.text() == "I ring both"  # it is still hers


def test_taking_words_out_leaves_the_others_actions_as_they_are(shared: Play) -> None:
    shared.to("round", "decide", 1)
    hers, theirs = (decide(shared, key, "Ring Joan") for key in ("amara", "niamh"))
    shared.to("review")
    mine = records.own(shared.people["amara"], the_round(shared).pk)
    redacting.take_out(mine, "Joan", at=shared.tick())
    texts = [Action.objects.get(pk=each.pk).text() for each in (hers, theirs)]
    assert texts == ["Ring [taken out]", "Ring Joan"]


def test_neither_of_the_two_is_proposed_to_hold_the_controls(shared: Play) -> None:
    niamh = shared.people["niamh"]
    chairing.hand_over(shared.entry("ruth"), to=niamh.pk, at=shared.tick())
    for key in ("ruth", "amara", "tomasz"):
        Presence.objects.update_or_create(
            room=Room.objects.get(meeting=shared.meeting),
            person=shared.people[key],
            defaults={"until": shared.at + timedelta(hours=1)},
        )
    seen = view(shared, "niamh")
    proposed = mine.given(seen, standing(seen, niamh.pk))["stand_ins"]
    assert [p.id for p in proposed] == [shared.people[key].pk for key in ("ruth", "tomasz")]
    moves = Room.objects.get(meeting=shared.meeting).course.moves
    moving.move(shared.entry("niamh"), commands.Next(moves), at=shared.tick())
    assert Room.objects.get(meeting=shared.meeting).chair == shared.people["ruth"]
