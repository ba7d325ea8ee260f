"""The record of a round: for whom it opens, and what stands in it."""

from __future__ import annotations

from django.http import Http404

from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import checking_in, moving, records
from setwise.room.models import Round
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
