"""Framing the problem: each writes it down, unseen, before the presenter agrees one wording."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from setwise.room.chairing import people_inside
from setwise.room.entering import Entry, touch
from setwise.room.models import Problem, Room, Round
from setwise.room.presenting import TOO_LATE, must_be_time_for, must_be_under_way
from setwise.room.refusing import Late, Refusal, worded
from setwise.sets.models import Membership

OPEN_NOW = "The sentences are open by now: say yours aloud."


def write(entry: Entry, round_: Round, *, text: str, at: datetime) -> None:
    """Write the problem as one sees it; until all are opened it may be written anew.

    Once every member who is here has written, all of them are opened.
    """
    entry.must_be_entered()
    text = " ".join(worded("text", text, most=500, needed="Write it in a sentence.").split())
    _must_be_wanted(entry, round_)
    if round_.problems_opened_at:
        raise Refusal("text", OPEN_NOW)
    row = Problem.objects.filter(round=round_, author=entry.person).first() or Problem(
        round=round_, author=entry.person, key_id=round_.key_id
    )
    row.at = at
    row.seal("text", text)
    row.save()
    if _all_have_written(entry.room, round_):
        open_written(Round.objects.filter(pk=round_.pk), at=at)
    touch(entry.room, people=False)


def open_all(entry: Entry, round_: Round, *, at: datetime) -> None:
    """Show everybody's sentence to everybody, though somebody has written none: on paper, perhaps."""
    entry.must_hold_controls()
    _must_be_wanted(entry, round_)
    open_written(Round.objects.filter(pk=round_.pk), at=at)
    touch(entry.room, people=False)


def open_written(rounds: QuerySet[Round], *, at: datetime) -> None:
    """Open what is written, as all have, somebody says so, or the set goes on. Again is once."""
    rounds.filter(problems_opened_at=None).update(problems_opened_at=at)


def _must_be_wanted(entry: Entry, round_: Round) -> None:
    must_be_under_way(entry, round_, "text")
    if entry.room.recording:
        raise Late("text", TOO_LATE)
    must_be_time_for(entry, "problem", field="text")


def _all_have_written(room: Room, round_: Round) -> bool:
    members = Membership.objects.seated().filter(
        learning_set=room.meeting.learning_set_id, is_member=True, person__in=people_inside(room)
    )
    wrote = set(Problem.objects.filter(round=round_).values_list("author_id", flat=True))
    return set(members.values_list("person_id", flat=True)) <= wrote
