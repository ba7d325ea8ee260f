"""Each writes the problem, unseen by anybody; opened, the presenter agrees one wording."""

from __future__ import annotations

import html

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import (
    bidding,
    checking_in,
    closing,
    editing,
    framing,
    moving,
    parts,
    recording,
    records,
    redacting,
    regions,
    taking_away,
)
from setwise.room.models import Problem, Round
from setwise.room.refusing import Late, Refusal, Waits
from setwise.room.standing import standing
from setwise.room.writable import open_composers
from tests.room.looking import view

pytestmark = [pytest.mark.long, pytest.mark.once]

SEEN = "Nobody wants the {} shift."
MEMBERS = ("amara", "niamh", "tomasz")


def to_write(play: Play) -> Round:
    """The set chooses *question-only* today and comes to the stage in which each writes."""
    for key in set(play.present) - {"ruth", *MEMBERS}:
        checking_in.mark_left(play.entry("ruth"), who=play.people[key].pk, at=play.tick())
    today = commands.Today(protocol="question-only")
    moving.move(play.entry("ruth"), today, at=play.tick())
    play.to("bidding")
    row = bidding.choose(play.entry("ruth"), presenter=play.people["amara"].pk, at=play.tick())
    play.to("round", "write", 1)
    row.refresh_from_db()
    return row


def write(play: Play, key: str, text: str = "") -> None:
    row = Round.objects.get()
    framing.write(play.entry(key), row, text=text or SEEN.format(key), at=play.tick())


def read(play: Play, key: str) -> list[str]:
    current = view(play, key).round
    return [each.text for each in current.problems] if current else []


def pushed(play: Play, key: str) -> str:
    seen = view(play, key)
    shown = regions.render(seen, standing(seen, play.people[key].pk), regions.Rendered())
    return html.unescape("".join(shown.values()))


def page(play: Play, key: str) -> str:
    client = Client()
    client.force_login(
        play.people[key], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return html.unescape(client.get(reverse("room:room", args=[play.meeting.pk])).content.decode())


def test_nobody_reads_a_sentence_before_all_members_here_have_written(open_play: Play) -> None:
    to_write(open_play)
    for key in ("niamh", "amara"):
        write(open_play, key)
    for reader in ("ruth", *MEMBERS):
        assert read(open_play, reader) == []
        assert "shift" not in pushed(open_play, reader)
        assert "2 of 3 have written" in pushed(open_play, reader)
        assert (SEEN.format(reader) in page(open_play, reader)) == (reader in ("niamh", "amara"))
    write(open_play, "tomasz")  # the facilitator from outside is not waited for
    everybody = [SEEN.format(key) for key in ("niamh", "amara", "tomasz")]
    for reader in ("ruth", *MEMBERS):
        assert read(open_play, reader) == everybody
        assert all(each in pushed(open_play, reader) for each in everybody)


def test_a_sentence_may_be_written_anew_until_they_are_open(open_play: Play) -> None:
    row = to_write(open_play)
    write(open_play, "niamh", "At first")
    write(open_play, "niamh", "  On\nsecond thought ")
    assert [each.words("text") for each in Problem.objects.all()] == ["On second thought"]
    framing.open_all(open_play.entry("ruth"), row, at=open_play.tick())
    with pytest.raises(Refusal) as refused:
        write(open_play, "niamh", "Too late")
    assert (refused.value.field, refused.value.sentence) == ("text", framing.OPEN_NOW)
    assert read(open_play, "tomasz") == ["On second thought"]


def test_in_a_pause_what_is_written_waits_and_is_not_too_late(open_play: Play) -> None:
    to_write(open_play)
    moving.move(open_play.entry("ruth"), commands.Pause(), at=open_play.tick())
    with pytest.raises(Waits):
        write(open_play, "niamh")
    moving.move(open_play.entry("ruth"), commands.Resume(), at=open_play.tick())
    write(open_play, "niamh")
    open_play.to("round", "agree", 1)
    with pytest.raises(Late):
        write(open_play, "tomasz")


def test_whoever_holds_the_controls_opens_them_and_nobody_else(open_play: Play) -> None:
    row = to_write(open_play)
    write(open_play, "tomasz")
    assert "Open what is written" in pushed(open_play, "ruth")
    for key in ("amara", "tomasz"):
        assert "Open what is written" not in pushed(open_play, key)
        with pytest.raises(PermissionDenied):
            framing.open_all(open_play.entry(key), row, at=open_play.tick())
    assert read(open_play, "amara") == []
    framing.open_all(open_play.entry("ruth"), row, at=open_play.tick())
    assert read(open_play, "amara") == [SEEN.format("tomasz")]


def test_going_on_to_the_next_stage_opens_them_and_a_break_or_going_back_does_not(
    open_play: Play,
) -> None:
    to_write(open_play)
    write(open_play, "tomasz")
    chair = open_play.entry("ruth")
    moving.move(chair, commands.BreakNow(), at=open_play.tick())
    moving.move(
        chair := open_play.entry("ruth"),
        commands.Next(chair.room.course.moves),
        at=open_play.tick(),
    )
    assert view(open_play, "amara").course.stop.stage == "write"
    assert Round.objects.get().problems_opened_at is None
    course = open_play.entry("ruth").room.course
    moving.move(open_play.entry("ruth"), commands.Back(course.moves), at=open_play.tick())
    assert Round.objects.get().problems_opened_at is None
    open_play.to("round", "agree", 1)
    assert read(open_play, "niamh") == [SEEN.format("tomasz")]


def test_the_presenter_takes_one_wording_in_one_press(open_play: Play) -> None:
    to_write(open_play)
    write(open_play, "tomasz")
    open_play.to("round", "agree", 1)
    assert "Take the wording of" in pushed(open_play, "amara")
    assert "Take the wording of" not in pushed(open_play, "tomasz")
    client = Client()
    client.force_login(
        open_play.people["amara"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    row = Round.objects.get()
    url = reverse("room:say", args=[open_play.meeting.pk, row.pk, "statement"])
    answer = client.post(url, {"statement": SEEN.format("tomasz")})
    assert answer.status_code == 302
    current = view(open_play, "niamh").round
    assert current and current.statement == SEEN.format("tomasz")
    assert "Take the wording of" not in pushed(open_play, "amara")


def test_a_latecomer_and_a_pause_see_none(open_play: Play) -> None:
    row = to_write(open_play)
    write(open_play, "tomasz")
    framing.open_all(open_play.entry("ruth"), row, at=open_play.tick())
    late = open_play.people["bronwen"].pk
    checking_in.admit(open_play.entry("ruth"), who=[late], at=open_play.tick())
    open_play.to("round", "agree", 1)
    assert read(open_play, "bronwen") == []
    assert read(open_play, "niamh") == [SEEN.format("tomasz")]
    checking_in.let_see_earlier(open_play.entry("amara"), who=late)
    assert read(open_play, "bronwen") == [SEEN.format("tomasz")]
    moving.move(open_play.entry("ruth"), commands.Pause(), at=open_play.tick())
    assert read(open_play, "niamh") == []


def test_the_box_is_there_in_its_stage_only(open_play: Play) -> None:
    row = to_write(open_play)
    for key in ("ruth", *MEMBERS):
        seen = view(open_play, key)
        assert "problem" in open_composers(seen, standing(seen, open_play.people[key].pk))
    assert page(open_play, "niamh").count("The problem, as I see it") == 1
    framing.open_all(open_play.entry("ruth"), row, at=open_play.tick())
    seen = view(open_play, "niamh")
    assert "problem" not in open_composers(seen, standing(seen, open_play.people["niamh"].pk))
    open_play.to("round", "options", 1)
    with pytest.raises(Refusal):
        write(open_play, "niamh")


def test_the_record_keeps_what_was_opened_and_nothing_else_is_kept(open_play: Play) -> None:
    row = to_write(open_play)
    write(open_play, "tomasz")
    course = open_play.entry("amara").room.course
    moving.move(open_play.entry("amara"), commands.EndRound(course.moves), at=open_play.tick())
    row.refresh_from_db()
    presenter = open_play.people["amara"]
    assert (row.problems_opened_at, recording.open_record(row, presenter).problems) == (None, ())
    assert Problem.objects.count() == 1
    closing.close(open_play.entry("ruth"), at=open_play.tick())
    assert Problem.objects.count() == 0


def test_the_presenters_record_has_each_sentence_until_it_is_taken_out(open_play: Play) -> None:
    row = to_write(open_play)
    for key in ("tomasz", "niamh"):
        write(open_play, key)
    open_play.to("check-out")
    closing.close(open_play.entry("ruth"), at=open_play.tick())
    presenter = open_play.people["amara"]
    mine = records.own(presenter, row.pk)
    client = Client()
    client.force_login(presenter, backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = html.unescape(client.get(reverse("room:record", args=[row.pk])).content.decode())
    assert SEEN.format("tomasz") in shown
    assert "Nobody wants the tomasz shift" in taking_away.as_markdown(mine)
    redacting.take_out(mine, "tomasz shift", at=open_play.tick())
    part = next(each for each in parts.parts(mine.row) if "niamh" in each.text)
    change = editing.Edit(words={part.name: "Hers"}, seen={part.name: part.seen})
    editing.edit(mine, change, at=open_play.tick())
    kept = {each.words("text"): each.author for each in Problem.objects.all()}
    # reworded by the presenter it carries its author's name no more
    assert kept == {"Nobody wants the [taken out].": open_play.people["tomasz"], "Hers": None}
    redacting.delete(mine, at=open_play.tick())
    assert Problem.objects.count() == 0


def test_redacting_finds_nothing_in_what_was_never_opened(open_play: Play) -> None:
    row = to_write(open_play)
    write(open_play, "tomasz")
    course = open_play.entry("amara").room.course
    moving.move(open_play.entry("amara"), commands.EndRound(course.moves), at=open_play.tick())
    with pytest.raises(Refusal):
        redacting.places(records.own(open_play.people["amara"], row.pk), "shift")
