"""What an overrun costs is shown to whoever keeps the time, with one press to answer it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from setwise.project.demo.playing import Play
from setwise.protocols import commands as c
from setwise.room import bidding, loading, mine, moving, opening, regions
from setwise.room.drawing import drawn
from setwise.room.keeping_time import Keeping
from setwise.room.models import Room
from setwise.room.standing import standing, visible
from tests.cast import Cast
from tests.room.looking import to_clarify
from tests.room.test_showing import Streams


def seen_by(play: Play, key: str) -> dict[str, str]:
    """Every region as this person has it, at the play's moment."""
    room = Room.objects.select_related("meeting__learning_set").get(meeting=play.meeting)
    snapshot = loading.load(room, at=play.at)
    who = standing(snapshot, play.people[key].id)
    return regions.render(visible(snapshot, who), who, regions.Rendered())


def press(play: Play, command: c.Command) -> None:
    moving.move(play.entry("ruth"), command, at=play.at)


def kept(play: Play) -> Keeping:
    room = Room.objects.select_related("meeting__learning_set").get(meeting=play.meeting)
    snapshot = loading.load(room, at=play.at)
    who = standing(snapshot, play.people["ruth"].id)
    found = mine.given(visible(snapshot, who), who)["pace"]
    assert isinstance(found, Keeping)
    return found


@pytest.fixture
def late(open_play: Play) -> Play:
    """Amara's round is ten minutes longer than all that was kept in hand; Niamh's comes later."""
    press(open_play, c.Today(protocol="classic", issues=2, minutes=120))
    to_clarify(open_play)
    niamh = open_play.people["niamh"].pk
    bidding.choose(open_play.entry("ruth"), presenter=niamh, at=open_play.tick())
    pace = moving_pace(open_play)
    open_play.at += timedelta(seconds=pace + 600)
    return open_play


def moving_pace(play: Play) -> int:
    """The seconds until something is over, from here."""
    room = Room.objects.select_related("meeting__learning_set").get(meeting=play.meeting)
    where = loading.load(room, at=play.at).where
    return where.remaining + where.pace.ahead + where.pace.in_hand


def test_an_overrun_is_told_to_nobody_but_whoever_keeps_the_time(late: Play) -> None:
    ruth = seen_by(late, "ruth")["mine"]
    assert "minutes behind</strong>" in ruth
    name = late.people["niamh"].name
    assert f"As it goes, {name}’s round has 21 of its 31 minutes. Only you see this." in ruth
    for key in late.present:
        if key == "ruth":
            continue
        whole = " ".join(seen_by(late, key).values())
        for words in ("behind", "As it goes", "Share it fairly", "pace"):
            assert words not in whole, (key, words)


def test_sharing_answers_it_and_is_taken_back(late: Play) -> None:
    before = seen_by(late, "niamh")["agenda"]
    press(late, c.ShareFairly())
    found = kept(late)
    assert (found.over, found.taken) == (0, 10)
    assert "As it goes" not in seen_by(late, "ruth")["mine"]
    assert seen_by(late, "niamh")["agenda"] != before  # everybody has the agenda as it is now
    press(late, c.GiveBack())
    assert (kept(late).over, kept(late).taken) == (10, 0)
    assert seen_by(late, "niamh")["agenda"] == before


def test_the_set_gives_ten_minutes(late: Play) -> None:
    press(late, c.StayLonger())
    assert (kept(late).over, kept(late).longer) == (0, 10)
    assert "You stay 10 minutes longer." in seen_by(late, "ruth")["mine"]
    press(late, c.StayLonger(-10))
    assert (kept(late).over, kept(late).longer) == (10, 0)


def test_a_break_gives_what_it_can_and_is_then_offered_no_more(late: Play) -> None:
    assert "Shorten the break" in seen_by(late, "ruth")["mine"]
    press(late, c.ShortenBreak())
    assert (kept(late).over, kept(late).taken) == (7, 3)
    assert "Shorten the break" not in seen_by(late, "ruth")["mine"]


def test_what_comes_after_the_last_round_pays_where_no_round_does(late: Play) -> None:
    late.to("round", "present", 2)
    late.at += timedelta(seconds=moving_pace(late) + 120)
    assert kept(late).costs == "That is 2 minutes less for review and check-out, or a later end."
    late.to("check-out")
    late.at += timedelta(seconds=max(0, moving_pace(late)) + 240)
    assert kept(late).costs.startswith("The meeting ends ")


def test_a_round_that_does_not_fit_any_more_is_named(late: Play) -> None:
    late.at += timedelta(minutes=30)
    name = late.people["niamh"].name
    assert kept(late).costs == f"There is no time left for {name}’s round."


def test_behind_is_said_in_words_and_covered_by_what_is_in_hand(late: Play) -> None:
    late.at -= timedelta(minutes=12)
    found = kept(late)
    assert (found.state, found.over) == ("behind", 0)
    html = seen_by(late, "ruth")["mine"]
    assert f"{found.minutes} minutes behind</strong>" in html
    assert "kept in hand cover it" in html
    assert "Share it fairly" not in html
    assert found.planned < found.now


def test_the_bar_moves_with_the_day_without_a_press_and_for_whoever_keeps_the_time_alone(
    open_play: Play,
) -> None:
    to_clarify(open_play)
    streams = Streams(open_play)
    moved = []
    for minutes in (3, 6):
        open_play.at += timedelta(minutes=3, seconds=1)
        sent = {key: each.content["regions"] for key, each in streams.look().items() if each}
        assert {key: set(each) for key, each in sent.items()} == {"ruth": {"mine"}}, minutes
        moved.append(sent["ruth"]["mine"].split('class="pace__now" x="')[1].split('"')[0])
        open_play.at += timedelta(seconds=1)
        assert set(streams.look().values()) == {None}  # whole minutes: nobody is hurried by seconds
    assert int(moved[0]) < int(moved[1])


def test_a_room_opened_shortly_before_its_meeting_waits_for_it(company: Cast) -> None:
    early = company.meeting.starts_at - timedelta(minutes=12)
    room = opening.open_room(company.seat("facilitator"), company.meeting, at=early)
    where = loading.load(room, at=early).where
    assert (where.wait, where.remaining) == (720, where.planned)
    assert where.until == company.meeting.starts_at + timedelta(seconds=where.planned)
    assert (where.pace.ahead, where.pace.left) == (0, room.course.minutes * 60)
    with timezone.override(company.people["facilitator"].tzinfo):
        given = {"where": where, "recording": False, "speaks": "Each.", "number": 0}
        assert "<span>in 12:00</span>" in drawn("clock", given)


def test_a_room_opened_long_before_begins_when_it_is_opened(company: Cast) -> None:
    early = company.meeting.starts_at - timedelta(hours=2)
    room = opening.open_room(company.seat("facilitator"), company.meeting, at=early)
    where = loading.load(room, at=early + timedelta(minutes=1)).where
    assert (where.wait, where.planned - where.remaining) == (0, 60)
