"""What the room refuses and what it keeps, whoever presses."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.utils import timezone

from setwise.actions.models import Action
from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.protocols.engine import Reason, Refused
from setwise.room import asking, checking_in, concluding, confirming, deeds, loading, moving
from setwise.room.entering import Entry
from setwise.room.models import Question, Room
from setwise.room.refusing import Refusal
from tests.room.looking import status, texts, to_clarify, view

pytestmark = pytest.mark.long


def test_two_who_press_next_at_once_move_one_step(open_play: Play) -> None:
    entry = open_play.entry("ruth")
    seen = entry.room.course.moves
    moving.move(entry, commands.Next(seen), at=open_play.tick())
    with pytest.raises(Refused) as refused:
        moving.move(open_play.entry("ruth"), commands.Next(seen), at=open_play.tick())
    assert refused.value.reason is Reason.MOVED_ALREADY
    assert Room.objects.get().course.position == 1


def test_the_same_deed_again_is_one_question(open_play: Play) -> None:
    row = to_clarify(open_play)
    number, body = uuid4(), [("text", "Who else knows?")]

    def keep(entry: Entry) -> None:
        asking.ask(entry, row, text=body[0][1], for_=None, at=open_play.at)

    def ask(entry: Entry) -> bool:
        return deeds.once(
            person=entry.person,
            number=number,
            route="/questions/",
            body=body,
            at=open_play.tick(),
            do=lambda: keep(entry),
        )

    assert ask(open_play.entry("tomasz")) is True
    assert ask(open_play.entry("tomasz")) is False
    assert Question.objects.count() == 1
    body = [("text", "Other words")]
    with pytest.raises(deeds.SameNumberOtherWords):
        ask(open_play.entry("tomasz"))


def test_a_note_takers_words_are_a_draft_until_their_owner_confirms(open_play: Play) -> None:
    row = to_clarify(open_play)
    niamh, amara = open_play.people["niamh"], open_play.people["amara"]
    note = asking.ask(open_play.entry("ruth"), row, text="Why?", for_=niamh.id, at=open_play.tick())
    seen = {key: texts(open_play, key) for key in ("ruth", "niamh", "amara", "yusuf")}
    assert seen == {"ruth": ["Why?"], "niamh": ["Why?"], "amara": ["Why?"], "yusuf": []}
    draft: dict[str, Any] = {"kind": "question", "pk": note.pk, "at": open_play.tick()}
    with pytest.raises(Http404):
        confirming.confirm(open_play.people["yusuf"], note.round.room, **draft)
    confirming.confirm(amara, note.round.room, **draft)
    assert texts(open_play, "yusuf") == ["Why?"]


def test_a_latecomer_enters_at_the_next_stage_and_reads_earlier_words_when_let(
    open_play: Play,
) -> None:
    row = to_clarify(open_play)
    asking.ask(open_play.entry("tomasz"), row, text="Early one", for_=None, at=open_play.tick())
    assert texts(open_play, "yusuf") == ["Early one"]
    checking_in.knock(open_play.entry("dele"), at=open_play.tick())
    dele = open_play.people["dele"]
    checking_in.admit(open_play.entry("ruth"), who=[dele.id], at=open_play.tick())
    assert (status(open_play, "dele"), texts(open_play, "dele")) == ("admitted", [])
    open_play.to("round", "explore", 1)
    asking.ask(open_play.entry("tomasz"), row, text="Later one", for_=None, at=open_play.tick())
    assert (status(open_play, "dele"), texts(open_play, "dele")) == ("entered", ["Later one"])
    checking_in.let_see_earlier(open_play.entry("amara"), who=dele.id)
    assert texts(open_play, "dele") == ["Early one", "Later one"]


def test_words_leave_the_screens_in_a_pause_and_when_the_round_ends(open_play: Play) -> None:
    row = to_clarify(open_play)
    asking.ask(open_play.entry("tomasz"), row, text="Who?", for_=None, at=open_play.tick())
    moving.move(open_play.entry("amara"), commands.Pause(), at=open_play.tick())
    assert texts(open_play, "yusuf") == []
    moving.move(open_play.entry("amara"), commands.Resume(), at=open_play.tick())
    assert texts(open_play, "yusuf") == ["Who?"]
    moves = open_play.entry("amara").room.course.moves
    moving.move(open_play.entry("amara"), commands.EndRound(moves), at=open_play.tick())
    assert view(open_play, "yusuf").round is None
    row.refresh_from_db()
    assert row.ended_at is not None


def test_questions_of_a_silent_round_wait_for_the_presenter(open_play: Play) -> None:
    from setwise.room import presenting

    row = to_clarify(open_play)
    presenting.go_silent(open_play.entry("amara"), row, on=True)
    row.refresh_from_db()
    note = asking.ask(open_play.entry("tomasz"), row, text="Shh?", for_=None, at=open_play.tick())
    assert (texts(open_play, "tomasz"), texts(open_play, "yusuf")) == (["Shh?"], [])
    presenting.open_question(open_play.entry("amara"), note, at=open_play.tick())
    assert texts(open_play, "yusuf") == ["Shh?"]


def test_unchosen_bids_return_to_their_authors(open_play: Play) -> None:
    to_clarify(open_play)
    assert [bid.text for bid in view(open_play, "niamh").bids] == ["My own"]
    assert view(open_play, "yusuf").bids == ()


def test_members_neither_move_nor_decide_for_the_presenter(open_play: Play) -> None:
    from setwise.actions.deciding import Decision

    row = to_clarify(open_play)
    moves = open_play.entry("yusuf").room.course.moves
    with pytest.raises(Refused):
        moving.move(open_play.entry("yusuf"), commands.Next(moves), at=open_play.tick())
    with pytest.raises(PermissionDenied):
        concluding.decide(
            open_play.entry("yusuf"), row, decision=Decision("x"), for_=None, at=open_play.tick()
        )
    with pytest.raises(Refusal):
        concluding.decide(
            open_play.entry("amara"), row, decision=Decision("x"), for_=None, at=open_play.tick()
        )
    assert not Action.objects.filter(meeting=open_play.meeting).exists()


def test_nobody_writes_before_they_are_checked_in(open_play: Play) -> None:
    row = to_clarify(open_play)
    with pytest.raises(PermissionDenied):
        asking.ask(open_play.entry("dele"), row, text="Me too", for_=None, at=open_play.tick())


@pytest.mark.parametrize(
    ("words", "sentence"), [("", "Write the question."), ("   \n", "Write"), ("x" * 2001, "2000")]
)
def test_a_bad_question_is_refused_beside_its_field(
    open_play: Play, words: str, sentence: str
) -> None:
    row = to_clarify(open_play)
    with pytest.raises(Refusal, match=sentence) as refusal:
        asking.ask(open_play.entry("tomasz"), row, text=words, for_=None, at=open_play.tick())
    assert refusal.value.field == "text"


def test_a_snapshot_takes_as_many_queries_with_fifty_questions_as_with_one(
    open_play: Play, django_assert_num_queries: object
) -> None:
    from django.test.utils import CaptureQueriesContext

    row, counts = to_clarify(open_play), []
    for number in (1, 50):
        for each in range(number):
            asking.ask(open_play.entry("tomasz"), row, text=f"Q{each}", for_=None, at=open_play.at)
        room = Room.objects.select_related("meeting__learning_set").get()
        with CaptureQueriesContext(connection) as queries:
            loading.load(room, at=timezone.now())
        counts.append(len(queries))
    assert counts[0] == counts[1]
