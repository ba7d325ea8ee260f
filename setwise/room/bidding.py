"""Asking for air time in a sentence, or passing; and who presents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from setwise.room import attending, chairing, presenting
from setwise.room.entering import Entry, touch
from setwise.room.models import Bid, Round
from setwise.room.note_taking import must_not_overwrite, written_for
from setwise.room.refusing import Refusal, worded
from setwise.sets.agreeing import current_settings
from setwise.sets.models import Membership


def bid(
    entry: Entry, *, issue: str, why_now: str, passed: bool, for_: UUID | None, at: datetime
) -> None:
    """Ask for air time in a sentence, or pass. A second bid takes the place of the first."""
    owner = written_for(entry, for_)
    presenting.must_be_time_for(entry, "bid", field="issue")
    if not passed:
        issue = worded("issue", issue, most=500, needed="Say it in a sentence, or pass.")
    row = Bid.objects.filter(room=entry.room, person=owner).first() or Bid(
        room=entry.room, person=owner, key_id=owner.key_id
    )
    must_not_overwrite(entry, row, owner)
    row.passed, row.at = passed, at
    row.seal("issue", "" if passed else issue)
    row.seal("why_now", "" if passed else worded("why_now", why_now, most=500))
    typed = owner != entry.person
    row.typed_by, row.confirmed_at = (entry.person, None) if typed else (None, at)
    row.save()
    touch(entry.room)


def choose(entry: Entry, *, presenter: UUID, at: datetime) -> Round:
    """Give the next round to a member who is here. Their bid becomes the round's first statement.

    The bidders settle it among themselves; whoever holds the controls presses.
    """
    entry.must_hold_controls()
    owner = written_for(entry, presenter, by_rule=False)
    seats = Membership.objects.seated().filter(learning_set=entry.seat.learning_set)
    if not seats.filter(person=owner, is_member=True).exists():
        raise Refusal("presenter", "Only a member presents: a facilitator from outside does not.")
    room = entry.room
    chosen = list(Round.objects.filter(room=room).values_list("presenter_id", flat=True))
    if owner.id in chosen:
        raise Refusal("presenter", f"{owner} presents already.")
    taken = len(chosen)
    if taken >= (2 if room.recording else room.course.rounds):
        raise Refusal("presenter", "Every round of this meeting has its presenter.")
    row = Round(
        room=room,
        number=taken + 1,
        presenter=owner,
        key_id=owner.key_id,
        rule_readers=current_settings(entry.seat.learning_set).record_readers,
    )
    own_bid = Bid.objects.filter(room=room, person=owner, passed=False).first()
    if own_bid and own_bid.confirmed_at:
        row.seal("statement", own_bid.words("issue"))
    begins = room.recording or room.course.round == row.number
    row.started_at = at if begins else None
    row.save(force_insert=True)
    if own_bid:
        Bid.objects.filter(pk=own_bid.pk).update(chosen_at=at)
        if not own_bid.confirmed_at:  # a note-taker's: a draft of the statement too
            words = own_bid.words("issue")
            presenting.draft(own_bid.typed_by, row, name="statement", words=words, at=at)
    if begins:
        attending.note_who_is_here(row)
        if owner.id == room.chair_id:
            chairing.leave_to_present(room, at=at)
    touch(room)
    return row


def unchoose(entry: Entry) -> None:
    """Take back the last choice, as long as that round has not begun."""
    entry.must_hold_controls()
    last = Round.objects.filter(room=entry.room).last()
    if last is None or last.started_at:
        raise Refusal("presenter", "That round has begun.")
    Bid.objects.filter(room=entry.room, person=last.presenter).update(chosen_at=None)
    last.delete()
    touch(entry.room)
