"""Asking for air time in a sentence, or passing; and who presents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from setwise.people.models import Person
from setwise.room import air_time, attending, chairing, choosing, presenting
from setwise.room.entering import Entry, touch
from setwise.room.loading import people_of
from setwise.room.models import Bid, Round
from setwise.room.note_taking import must_not_overwrite, written_for
from setwise.room.refusing import Refusal, worded
from setwise.sets.agreeing import current_settings
from setwise.sets.models import Membership

ONLY_MEMBERS = "Only a member presents: a facilitator from outside does not."


def bid(
    entry: Entry, *, issue: str, why_now: str, passed: bool, for_: UUID | None, at: datetime
) -> None:
    """Ask for air time in a sentence, or pass. A second bid takes the place of the first.

    For members: nobody else can be chosen.
    """
    owner = written_for(entry, for_)
    if owner == entry.person:
        entry.seat.must(entry.seat.is_member, ONLY_MEMBERS)
    else:
        _must_be_member(entry, owner, field="for_")
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


def carry_over(entry: Entry, bid_id: UUID, *, at: datetime) -> None:
    """Bid again what was not chosen last time, as it stood."""
    issue, why_now = air_time.carried(entry, bid_id)
    bid(entry, issue=issue, why_now=why_now, passed=False, for_=None, at=at)


def choose(entry: Entry, *, presenter: UUID, at: datetime) -> Round:
    """Give the next round to a member who is here. Their bid becomes the round's first statement.

    The bidders settle it among themselves; whoever holds the controls presses.
    """
    entry.must_hold_controls()
    owner = written_for(entry, presenter, by_rule=False)
    _must_be_member(entry, owner, field="presenter")
    room = entry.room
    rounds = list(Round.objects.filter(room=room))
    _must_not_present(owner, rounds)
    taken = len(rounds)
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


def choose_longest_waiting(entry: Entry, *, at: datetime) -> None:
    """Settle it by who has waited longest: every free round among more bidders than rounds, or,
    where nobody has bid, one round for whoever of all here has waited longest.

    Refused where the days do not tell: then they settle it among themselves.
    """
    entry.must_hold_controls()
    room = entry.room
    rounds = list(Round.objects.filter(room=room))
    chosen = {person for row in rounds for person in row.presenters}
    able = choosing.able(people_of(room, at=at), chosen=chosen, recording=room.recording)
    bidders = [each for each in able if each.has_bid]
    free = (2 if room.recording else room.course.rounds) - len(rounds)
    if not able or free < 1:
        raise Refusal("presenter", "There is nobody to choose, or no round left.")
    try:
        found = choosing.longest_waiting(bidders or able, free if bidders else 1)
    except choosing.Tied as tied:
        sentence = f"{tied.names} have waited equally long. Settle it among yourselves."
        raise Refusal("presenter", sentence) from tied
    for each in found:
        choose(entry, presenter=each.id, at=at)


def share(entry: Entry, *, with_: UUID, at: datetime) -> None:
    """Somebody shares the issue of the round chosen last: it is theirs as well from now on.

    Their own bid counts as chosen. They decide their own actions, and the record is theirs too.
    """
    entry.must_hold_controls()
    other = written_for(entry, with_, by_rule=False)
    _must_be_member(entry, other, field="shares")
    rounds = list(Round.objects.filter(room=entry.room))
    if not rounds or rounds[-1].ended_at:
        raise Refusal("shares", "Choose who presents first.")
    _must_not_present(other, rounds)
    if rounds[-1].shared_with_id:
        raise Refusal("shares", "Two share this issue already.")
    Round.objects.filter(pk=rounds[-1].pk).update(shared_with=other)
    Bid.objects.filter(room=entry.room, person=other).update(chosen_at=at)
    if rounds[-1].started_at:
        attending.note(rounds[-1], [other.id])
        if other.id == entry.room.chair_id:
            chairing.leave_to_present(entry.room, at=at)
    touch(entry.room)


def unchoose(entry: Entry) -> None:
    """Take back the last choice, as long as that round has not begun: who shares it comes first."""
    entry.must_hold_controls()
    last = Round.objects.filter(room=entry.room).last()
    if last is None or last.started_at:
        raise Refusal("presenter", "That round has begun.")
    if last.shared_with_id:
        Bid.objects.filter(room=entry.room, person=last.shared_with_id).update(chosen_at=None)
        Round.objects.filter(pk=last.pk).update(shared_with=None)
    else:
        air_time.release(Round.objects.filter(pk=last.pk))
    touch(entry.room)


def _must_be_member(entry: Entry, person: Person, *, field: str) -> None:
    seats = Membership.objects.seated().filter(learning_set=entry.seat.learning_set)
    if not seats.filter(person=person, is_member=True).exists():
        raise Refusal(field, ONLY_MEMBERS)


def _must_not_present(person: Person, rounds: list[Round]) -> None:
    if any(person.id in row.presenters for row in rounds):
        raise Refusal("presenter", f"{person} presents already.")
