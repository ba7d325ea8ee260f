"""The record of a round: for whom it opens, and what stands in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import asking, checking_in, moving, presenting, records
from setwise.room.models import Question, Round
from setwise.sets import seating
from tests.cast import Cast
from tests.room.looking import to_clarify

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def opened(play: Play, row: Round) -> set[str]:
    """Who may read the record, by a rule that opens it to those who were there."""
    Round.objects.update(rule_readers="present")
    play.filled.learning_set.ground_rules.update(record_readers="present")
    found = set()
    for key, person in play.people.items():
        try:
            records.record_of(person, row.pk)
        except Http404:
            continue
        found.add(key)
    return found


def come(play: Play, key: str) -> None:
    checking_in.knock(play.entry(key), at=play.tick())
    checking_in.admit(play.entry("ruth"), who=[play.people[key].pk], at=play.tick())


def test_a_record_is_for_who_was_there_from_the_beginning(open_play: Play) -> None:
    tomasz = open_play.people["tomasz"].pk
    checking_in.mark_left(open_play.entry("ruth"), who=tomasz, at=open_play.tick())
    row = to_clarify(open_play)
    come(open_play, "dele")  # late
    open_play.to("round", "explore", 1)
    here = {"amara", "bronwen", "yusuf", "niamh", "ruth"}
    moves = open_play.entry("ruth").room.course.moves
    moving.move(open_play.entry("ruth"), commands.EndRound(moves), at=open_play.tick())
    assert opened(open_play, row) == here
    moving.move(open_play.entry("ruth"), commands.Back(moves + 1), at=open_play.tick())
    moving.move(open_play.entry("ruth"), commands.Next(moves + 2), at=open_play.tick())
    assert opened(open_play, row) == here  # going back does not make anybody have been there


def test_a_latecomer_whom_the_presenter_lets_in_was_there(open_play: Play) -> None:
    row = to_clarify(open_play)
    come(open_play, "dele")
    open_play.to("round", "explore", 1)
    checking_in.let_see_earlier(open_play.entry("amara"), who=open_play.people["dele"].pk)
    open_play.to("break")
    assert "dele" in opened(open_play, row)


def test_a_break_in_mid_round_opens_no_record(open_play: Play) -> None:
    row = to_clarify(open_play)
    moving.move(open_play.entry("ruth"), commands.BreakNow(), at=open_play.tick())
    assert opened(open_play, row) == set()
    row.refresh_from_db()
    assert row.ended_at is None


def page(person: Any, row: Round) -> str:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client.get(reverse("room:record", args=[row.pk])).content.decode()


def test_whoever_leaves_keeps_their_round_without_the_others_names(held: Cast) -> None:
    amara, row = held.keys["amara"], Round.objects.get(number=1)
    assert "Niamh O’Sullivan" in page(amara, row)
    seating.leave(held.seat("presenter"), at=held.play.tick())
    kept = page(amara, row)
    assert held.case["rounds"][0]["questions"][0]["text"] in kept
    assert [name for name in ("Niamh", "Tomasz", "Yusuf", "Ruth") if name in kept] == []
    client = Client()
    client.force_login(amara, backend=BACKEND)
    assert reverse("room:record", args=[row.pk]) in client.get("/records/").content.decode()


def test_the_presenter_takes_a_draft_afterwards(held: Cast) -> None:
    amara, row = held.keys["amara"], Round.objects.get(number=1)
    presenting.draft(held.keys["niamh"], row, name="feedback", words="Heard so.", at=held.play.at)
    client = Client()
    client.force_login(amara, backend=BACKEND)
    assert "Heard so." in page(amara, row)
    draft = row.drafts.get()
    client.post(reverse("room:record-draft", args=[row.pk, "part", draft.pk]), {"do": "confirm"})
    row.refresh_from_db()
    assert row.words("feedback") == "Heard so."


def test_a_record_takes_as_many_queries_with_fifty_questions_as_with_ten(held: Cast) -> None:
    amara, row = held.keys["amara"], Round.objects.get(number=1)
    counts = []
    for _ in range(2):
        client = Client()
        client.force_login(amara, backend=BACKEND)
        client.get("/records/")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("room:record", args=[row.pk]))
        counts.append(len(queries))
        for number in range(40):
            note = Question(
                round=row,
                author=held.keys["niamh"],
                key_id=row.key_id,
                stage="explore",
                at=held.play.at,
                opened_at=held.play.at,
                confirmed_at=held.play.at,
            )
            note.seal("text", f"Question {number}?")
            note.save()
    assert counts[0] == counts[1]
    assert asking


@pytest.mark.parametrize("role", ["member", "late joiner", "stranger"])
def test_my_rounds_are_my_own(held: Cast, role: str) -> None:
    client = Client()
    client.force_login(held.people[role], backend=BACKEND)
    shown = client.get("/records/").content.decode()
    assert held.case["rounds"][0]["statement"] not in shown
