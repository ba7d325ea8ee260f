"""What a presenter says of their own round. A note-taker may write it down for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied

from setwise.people.models import Person
from setwise.protocols.reading import asks, may_write, waits
from setwise.room.entering import Entry, current_round, touch
from setwise.room.models import Draft, Question, Round
from setwise.room.note_taking import may_note
from setwise.room.refusing import Late, Refusal, Waits, worded

LATEST = timedelta(days=3 * 366)
TOO_LATE = "This part of the meeting is over. What you wrote was not sent; it is still here."
STANDS_STILL = (
    "The meeting stands still just now. What you wrote is still here: send it afterwards."
)


def say(entry: Entry, round_: Round, *, name: str, words: str, at: datetime) -> None:
    """Set the round's statement, presentation or feedback; the last words stand.

    The bid stands as the statement until the presenter says it; from then on rewording keeps what
    was said first. Somebody else's hand writes a draft, which the presenter takes or drops.
    """
    entry.must_be_entered()
    must_be_under_way(entry, round_, name)
    own = entry.person.id in round_.presenters
    if not own and not may_note(entry):
        raise PermissionDenied("Your notes rule says who may write for the presenter.")
    most = 500 if name == "statement" else 5000
    words = worded(name, words, most=most, needed="Write it in a sentence or two.")
    must_be_time_for(entry, name, field=name)
    if own:
        put(round_, name=name, words=words)
    else:
        draft(entry.person, round_, name=name, words=words, at=at)
    touch(entry.room, people=False)


def put(round_: Round, *, name: str, words: str) -> None:
    """Put the presenter's own words in the round."""
    earlier = round_.words(name)
    if name == "statement":
        reworded = round_.stated and earlier != words
        if reworded and earlier and not round_.first_statement_sealed:
            round_.seal("first_statement", earlier)
        round_.stated = True
    round_.seal(name, words)
    round_.save(update_fields=[f"{name}_sealed", "first_statement_sealed", "stated"])
    Draft.objects.filter(round=round_, name=name).delete()  # said by the presenter meanwhile


def draft(typist: Person | None, round_: Round, *, name: str, words: str, at: datetime) -> None:
    """Keep a note-taker's words for the presenter; the last draft of a part stands."""
    row = Draft.objects.filter(round=round_, name=name).first() or Draft(
        round=round_, name=name, key_id=round_.key_id
    )
    row.typed_by, row.at = typist, at
    row.seal("text", words)
    row.save()


def invite_options(entry: Entry, round_: Round, *, on: bool) -> None:
    """The presenter invites the others to offer options, or not."""
    must_present(entry, round_)
    Round.objects.filter(pk=round_.pk).update(options_invited=on)
    touch(entry.room, people=False)


def go_silent(entry: Entry, round_: Round, *, on: bool) -> None:
    """A silent round: everyone writes, and the presenter opens the questions one by one.

    The presenter chooses it, or whoever holds the controls for them. Speaking again leaves closed
    what was written in silence.
    """
    if not entry.controls:
        must_present(entry, round_)
    must_be_under_way(entry, round_, "")
    if on and not asks(entry.room.course):
        raise Late("", "A silent round is for a stage of questions.")
    Round.objects.filter(pk=round_.pk).update(silent=on)
    touch(entry.room, people=False)


def open_question(entry: Entry, question: Question, *, at: datetime) -> None:
    """The presenter opens a question that was written in silence; handed words stay closed."""
    must_present(entry, question.round)
    must_be_under_way(entry, question.round, "")
    if question.handed or question.confirmed_at is None:
        raise Refusal("", "This is not for everyone to read.")
    Question.objects.filter(pk=question.pk, opened_at=None).update(opened_at=at)
    touch(entry.room, people=False)


def mark(entry_person_id: object, question: Question, *, mark: str) -> None:
    """The presenter's own mark on a question; afterwards too, and seen by nobody else."""
    if entry_person_id not in question.round.presenters:
        raise PermissionDenied("Only the presenter marks questions.")
    if mark not in ("", "answered", "kept", "set aside"):
        raise Refusal("mark", "Choose one of the marks.")
    Question.objects.filter(pk=question.pk).update(mark=mark)


def decide_by(entry: Entry, round_: Round, *, day: date) -> None:
    """Say by which day one will decide, in place of an action now."""
    must_present(entry, round_)
    must_be_under_way(entry, round_, "decide_by")
    if not entry.room.opened_at.date() <= day <= entry.room.opened_at.date() + LATEST:
        raise Refusal("decide_by", "Choose a day from today on, within three years.")
    must_be_time_for(entry, "action", field="decide_by")
    Round.objects.filter(pk=round_.pk).update(decide_by=day)
    touch(entry.room, people=False)


def must_be_under_way(entry: Entry, round_: Round, field: str) -> None:
    """Refuse what is meant for a round that is over, or has not begun. A recording has no clock."""
    here = current_round(entry.room)
    if not entry.room.recording and (here is None or here.pk != round_.pk):
        raise Late(field, TOO_LATE)


def must_be_time_for(entry: Entry, what: str, *, field: str) -> None:
    """Refuse words whose part of the meeting is over, or stands still in a pause or a break."""
    course, recording = entry.room.course, entry.room.recording
    if may_write(course, what, recording=recording):
        return
    raise Waits(field, STANDS_STILL) if waits(course) else Late(field, TOO_LATE)


def must_present(entry: Entry, round_: Round) -> None:
    entry.must_be_entered()
    if entry.person.id not in round_.presenters:
        raise PermissionDenied("Only the presenter can do this.")
