"""Questions and options, written down for the presenter."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from setwise.protocols.reading import offers_freely
from setwise.room.entering import Entry, current_round, touch
from setwise.room.models import Option, Question, Round
from setwise.room.note_taking import written_for
from setwise.room.presenting import must_be_time_for, must_be_under_way
from setwise.room.refusing import Refusal, worded

HANDED_UNTIL = timedelta(hours=12)  # as long as a browser keeps what was typed


def ask(
    entry: Entry,
    round_: Round,
    *,
    text: str,
    for_: UUID | None,
    at: datetime,
    silent: bool = False,
) -> Question:
    """Write a question down. In a silent round it waits until the presenter opens it.

    `silent`: the writer's page said so. What was written for nobody's eyes stays closed, also where
    the set began to speak again while it was on its way.
    """
    author = written_for(entry, for_)
    text = worded("text", text, most=2000, needed="Write the question.")
    _must_be_open(entry, round_, "question")
    row = Question(
        round=round_,
        author=author,
        key_id=round_.key_id,
        stage=entry.room.course.stop.stage or "explore",
        at=at,
        opened_at=None if round_.silent or silent else at,
    )
    _keep(entry, row, author == entry.person, text, at)
    return row


def offer(entry: Entry, round_: Round, *, text: str, for_: UUID | None, at: datetime) -> Option:
    """List a possible action. The presenter lists; others when the presenter invites them."""
    author = written_for(entry, for_)
    text = worded("text", text, most=2000, needed="Write the option.")
    _must_be_open(entry, round_, "option")
    room = entry.room
    invited = round_.options_invited or room.recording or offers_freely(room.course)
    if author.id not in round_.presenters and not invited:
        raise PermissionDenied("The presenter lists the options, and invites yours if they like.")
    row = Option(round=round_, author=author, key_id=round_.key_id, at=at)
    _keep(entry, row, author == entry.person, text, at)
    return row


def hand(entry: Entry, round_: Round, *, text: str, at: datetime) -> Question:
    """Hand the presenter words that were not sent in time, until half a day after the meeting.

    Only the presenter reads them, now and in the record of their round.
    """
    entry.must_be_entered()
    text = worded("text", text, most=2000, needed="Write what you would hand over.")
    if entry.person.id in round_.presenters:
        raise Refusal("text", "This round is your own: its record is yours to write in.")
    closed = entry.room.closed_at
    late = closed is not None and at > closed + HANDED_UNTIL
    if round_.started_at is None or round_.deleted_at or late:
        raise Refusal("text", "Words are handed over from a round’s beginning to the same evening.")
    row = Question(
        round=round_,
        author=entry.person,
        key_id=round_.key_id,
        stage=entry.room.course.stop.stage or "",
        at=at,
        handed=True,
    )
    _keep(entry, row, True, text, at)
    return row


def withdraw(entry: Entry, note: Question | Option) -> None:
    """Take back what one wrote, while the round is under way; a draft its typist too."""
    entry.must_be_entered()
    typist = note.typed_by_id if note.confirmed_at is None else None
    if entry.person.id not in (note.author_id, typist):
        raise PermissionDenied("Only its author can take it back.")
    if note.round != current_round(entry.room):
        raise Refusal("", "The round is over: it is the presenter’s now.")
    note.delete()
    touch(entry.room, people=False)


def _must_be_open(entry: Entry, round_: Round, what: str) -> None:
    must_be_under_way(entry, round_, "text")
    must_be_time_for(entry, what, field="text")


def _keep(entry: Entry, row: Question | Option, own: bool, text: str, at: datetime) -> None:
    row.typed_by, row.confirmed_at = (None, at) if own else (entry.person, None)
    row.seal("text", text)
    row.save(force_insert=True)
    touch(entry.room, people=False)
