"""What a presenter says of their own round. A note-taker may write it down for them."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from setwise.protocols.reading import may_write
from setwise.room.entering import Entry, touch
from setwise.room.models import Question, Round
from setwise.room.moving import notes_allowed
from setwise.room.refusing import Refusal, worded

TOO_LATE = "This stage is over. What you wrote is still here: hand it to the presenter afterwards."


def say(entry: Entry, round_: Round, *, name: str, words: str) -> None:
    """Set the round's statement, presentation or feedback. Rewording keeps the first statement."""
    _may_write_round(entry, round_)
    most = 500 if name == "statement" else 5000
    words = worded(name, words, most=most, needed="Write it in a sentence or two.")
    if not may_write(entry.room.course, name, presenter=True, recording=entry.room.recording):
        raise Refusal(name, TOO_LATE)
    earlier = round_.words(name)
    if name == "statement" and earlier and earlier != words and not round_.first_statement_sealed:
        round_.seal("first_statement", earlier)
    round_.seal(name, words)
    round_.save(update_fields=[f"{name}_sealed", "first_statement_sealed"])
    touch(entry.room, people=False)


def invite_options(entry: Entry, round_: Round, *, on: bool) -> None:
    """The presenter invites the others to offer options, or not."""
    must_present(entry, round_)
    Round.objects.filter(pk=round_.pk).update(options_invited=on)
    touch(entry.room, people=False)


def go_silent(entry: Entry, round_: Round, *, on: bool) -> None:
    """A silent round: everyone writes, and the presenter opens the questions one by one."""
    if not entry.controls:
        must_present(entry, round_)
    Round.objects.filter(pk=round_.pk).update(silent=on)
    touch(entry.room, people=False)


def open_question(entry: Entry, question: Question, *, at: datetime) -> None:
    """The presenter opens a question that was written in silence."""
    must_present(entry, question.round)
    Question.objects.filter(pk=question.pk, opened_at=None).update(opened_at=at)
    touch(entry.room, people=False)


def mark(entry_person_id: object, question: Question, *, mark: str) -> None:
    """The presenter's own mark on a question; afterwards too, and seen by nobody else."""
    if question.round.presenter_id != entry_person_id:
        raise PermissionDenied("Only the presenter marks questions.")
    if mark not in ("", "answered", "kept", "set aside"):
        raise Refusal("mark", "Choose one of the marks.")
    Question.objects.filter(pk=question.pk).update(mark=mark)


def decide_by(entry: Entry, round_: Round, *, day: date) -> None:
    """Say by which day one will decide, in place of an action now."""
    must_present(entry, round_)
    if not may_write(entry.room.course, "action", presenter=True, recording=entry.room.recording):
        raise Refusal("decide_by", TOO_LATE)
    Round.objects.filter(pk=round_.pk).update(decide_by=day)
    touch(entry.room, people=False)


def must_present(entry: Entry, round_: Round) -> None:
    entry.must_be_entered()
    if round_.presenter_id != entry.person.id:
        raise PermissionDenied("Only the presenter can do this.")


def _may_write_round(entry: Entry, round_: Round) -> None:
    entry.must_be_entered()
    if round_.presenter_id == entry.person.id:
        return
    if not notes_allowed(entry, for_=round_.presenter_id):
        raise PermissionDenied("Your notes rule says who may write for the presenter.")


def decide_readers(person_id: object, round_: Round, *, readers: str) -> None:
    """Within the notes rule, the presenter decides who reads the record, and decides again."""
    if round_.presenter_id != person_id:
        raise PermissionDenied("Only the presenter decides who reads the record.")
    Round.objects.filter(pk=round_.pk).update(readers=readers)
