"""A silent round: what is written is nobody else's until the presenter opens it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import (
    asking,
    bidding,
    checking_in,
    confirming,
    loading,
    moving,
    presenting,
    recording,
)
from setwise.room.composing import own
from setwise.room.mine import given
from setwise.room.models import Question, Room, Round
from setwise.room.refusing import Late, Refusal
from setwise.room.standing import standing, visible
from setwise.room.writable import open_composers
from tests.room.looking import EVERYBODY, readers, shown, texts, to_clarify, view

pytestmark = pytest.mark.long


@pytest.fixture
def row(open_play: Play) -> Round:
    row = to_clarify(open_play)
    presenting.go_silent(open_play.entry("ruth"), row, on=True)
    row.refresh_from_db()
    return row


def ask(play: Play, key: str, row: Round, text: str, **more: Any) -> Question:
    words: dict[str, Any] = {"text": text, "for_": None, "at": play.tick()}
    return asking.ask(play.entry(key), row, **(words | more))


def test_not_even_the_presenter_reads_a_question_before_it_is_opened(
    open_play: Play, row: Round
) -> None:
    first = ask(open_play, "tomasz", row, "What frightens you?")
    second = ask(open_play, "niamh", row, "Who else knows?")
    assert readers(open_play, "What frightens you?") == {"tomasz"}
    assert readers(open_play, "2 questions written in silence") == set(EVERYBODY)
    names = {note.author_name for note in view(open_play, "amara").round.notes}  # type: ignore[union-attr]
    assert names == set()  # nor who wrote one
    current = view(open_play, "amara").round
    assert current
    assert current.opens_next == first.pk
    presenting.open_question(open_play.entry("amara"), first, at=open_play.tick())
    assert readers(open_play, "What frightens you?") == set(EVERYBODY)
    assert readers(open_play, "Who else knows?") == {"niamh"}
    current = view(open_play, "amara").round
    assert current
    assert (current.opens_next, current.waiting) == (second.pk, 1)


@pytest.mark.parametrize("key", ["ruth", "tomasz", "niamh"])
def test_nobody_but_the_presenter_opens(open_play: Play, row: Round, key: str) -> None:
    note = ask(open_play, "tomasz", row, "What frightens you?")
    assert f"{note.pk}" in shown(open_play, "amara")
    other = view(open_play, key).round
    assert other
    assert other.opens_next is None
    with pytest.raises(PermissionDenied):
        presenting.open_question(open_play.entry(key), note, at=open_play.tick())


def test_speaking_again_opens_nothing_that_was_written_in_silence(
    open_play: Play, row: Round
) -> None:
    ask(open_play, "tomasz", row, "Written before")
    presenting.go_silent(open_play.entry("amara"), row, on=False)
    row.refresh_from_db()
    ask(open_play, "niamh", row, "On its way", silent=True)
    ask(open_play, "yusuf", row, "Said aloud")
    assert texts(open_play, "bronwen") == ["Said aloud"]
    assert readers(open_play, "On its way") == {"niamh"}
    assert "Open the next question (2)" in shown(open_play, "amara")


def test_a_withdrawn_question_is_gone_from_every_screen_and_the_record(
    open_play: Play, row: Round
) -> None:
    closed = ask(open_play, "tomasz", row, "Never opened")
    opened = ask(open_play, "niamh", row, "Opened, then regretted")
    presenting.open_question(open_play.entry("amara"), opened, at=open_play.tick())
    assert readers(open_play, "then regretted") == set(EVERYBODY)
    with pytest.raises(PermissionDenied):
        asking.withdraw(open_play.entry("amara"), opened)  # its author's, not the presenter's
    asking.withdraw(open_play.entry("niamh"), opened)
    asking.withdraw(open_play.entry("tomasz"), closed)
    assert readers(open_play, "then regretted") == readers(open_play, "Never opened") == set()
    assert "Open the next question" not in shown(open_play, "amara")
    over(open_play)
    row.refresh_from_db()
    record = recording.open_record(row, open_play.people["amara"])
    assert (record.questions, record.unopened) == ((), ())


def over(play: Play) -> None:
    moves = play.entry("ruth").room.course.moves
    moving.move(play.entry("ruth"), commands.EndRound(moves), at=play.tick())


def test_when_the_round_is_over_the_unopened_are_the_presenters_alone(
    open_play: Play, row: Round
) -> None:
    ask(open_play, "tomasz", row, "Not opened")
    note = ask(open_play, "niamh", row, "Opened")
    presenting.open_question(open_play.entry("amara"), note, at=open_play.tick())
    over(open_play)
    row.refresh_from_db()
    own = recording.open_record(row, open_play.people["amara"])
    theirs = recording.open_record(row, open_play.people["tomasz"])
    assert [text for _, text in own.questions] == ["Opened"]
    assert [text for _, text in own.unopened] == ["Not opened"]
    assert [text for _, text in (*theirs.questions, *theirs.unopened)] == ["Opened"]
    asked = Question.objects.get(opened_at=None)
    with pytest.raises(Late):
        presenting.open_question(open_play.entry("amara"), asked, at=open_play.tick())


def test_a_note_takers_draft_in_silence_is_not_the_presenters_to_read(
    open_play: Play, row: Round
) -> None:
    niamh = open_play.people["niamh"].id
    note = ask(open_play, "ruth", row, "Typed for Niamh", for_=niamh)
    assert readers(open_play, "Typed for Niamh") == {"ruth", "niamh"}
    assert view(open_play, "amara").unconfirmed == ()
    with pytest.raises(Refusal):
        presenting.open_question(open_play.entry("amara"), note, at=open_play.tick())
    what: dict[str, Any] = {"kind": "question", "pk": note.pk, "at": open_play.tick()}
    confirming.confirm(open_play.people["niamh"], row.room, **what)
    with pytest.raises(Http404):
        confirming.confirm(open_play.people["niamh"], row.room, **what)
    assert "Open the next question (1)" in shown(open_play, "amara")
    assert readers(open_play, "Typed for Niamh") == {"niamh"}


def test_a_latecomer_hears_what_is_opened_after_they_came(open_play: Play, row: Round) -> None:
    note = ask(open_play, "tomasz", row, "Written before Dele came")
    dele = open_play.people["dele"]
    checking_in.knock(open_play.entry("dele"), at=open_play.tick())
    checking_in.admit(open_play.entry("ruth"), who=[dele.id], at=open_play.tick())
    open_play.to("round", "explore", 1)
    assert "Written before" not in shown(open_play, "dele")
    presenting.open_question(open_play.entry("amara"), note, at=open_play.tick())
    assert "Written before" in shown(open_play, "dele")


def test_a_silent_round_is_for_a_stage_of_questions(open_play: Play, row: Round) -> None:
    presenting.go_silent(open_play.entry("ruth"), row, on=False)
    open_play.to("round", "options", 1)
    with pytest.raises(Late):
        presenting.go_silent(open_play.entry("ruth"), row, on=True)
    assert "silent round" not in shown(open_play, "ruth") + shown(open_play, "amara")


def test_the_form_says_that_it_is_silent_and_stands_open(open_play: Play, row: Round) -> None:
    entry = open_play.entry("niamh")
    room = Room.objects.select_related("meeting__learning_set").get()
    snapshot = loading.load(room, at=open_play.at)
    who = standing(snapshot, entry.person.id)
    found = {each.name: each for each in own(entry, visible(snapshot, who), who)}
    question = found["question"]
    assert question.unfolded
    assert [(f.name, f.value) for f in question.fields] == [("text", ""), ("silent", "1")]
    assert question.intro == "Nobody reads it until it is opened by Amara Nwosu."


@pytest.mark.parametrize(("protocol", "stage"), [("case-clinic", "mirror"), ("troika", "consult")])
def test_a_silent_presenter_is_told_so_and_has_no_box_to_fill(
    open_play: Play, protocol: str, stage: str
) -> None:
    moving.move(open_play.entry("ruth"), commands.Today(protocol=protocol), at=open_play.tick())
    to_clarify_in(open_play, stage)
    assert "The others speak, Amara Nwosu is silent." in shown(open_play, "niamh")
    asked = given(view(open_play, "amara"), standing_of(open_play, "amara"))["asked"]
    assert any(word in asked for word in ("silent", "Say nothing"))
    boxes = {key: set(open_boxes(open_play, key)) for key in ("amara", "niamh")}
    assert boxes["amara"] & {"question", "option"} == set()
    assert boxes["niamh"] & {"question", "option"} != set()
    assert "silent round" not in shown(open_play, "amara")


def to_clarify_in(play: Play, stage: str) -> None:
    play.to("bidding")
    bidding.choose(play.entry("ruth"), presenter=play.people["amara"].id, at=play.tick())
    play.to("round", stage, 1)


def standing_of(play: Play, key: str) -> Any:
    return standing(view(play, key), play.people[key].id)


def open_boxes(play: Play, key: str) -> list[str]:
    return open_composers(view(play, key), standing_of(play, key))
