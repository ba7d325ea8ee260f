"""Polls: a set finds its next meeting's date and place. Settling one is in `settling`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from setwise.meetings import asking_again, poll_mail, series, settling
from setwise.meetings.convening import MAY_NOT, NotOpen, may_convene
from setwise.meetings.models import Poll, PollAnswer, PollComment, PollDate, PollPlace
from setwise.meetings.models.poll import ANSWERS
from setwise.meetings.proposal import (
    FULL_OF_DATES,
    FULL_OF_PLACES,
    MOST_DATES,
    MOST_PLACES,
    ONE_DATE,
    Proposal,
    Where,
)
from setwise.meetings.refusing import Refusal
from setwise.people import reminding
from setwise.sets.models import LearningSet
from setwise.sets.seats import Seat

__all__ = ["ONE_DATE", "Proposal", "Where"]  # read with the use-cases below
MOST_WORDS = 2000
TOO_EARLY = "That is before the poll closes. Choose a later time, or close the poll first."


class OneOpen(Exception):
    """The set has an open poll already: dates are added there."""

    def __init__(self, poll: Poll) -> None:
        super().__init__("one open")
        self.poll = poll


@transaction.atomic
def open_poll(seat: Seat, *, proposal: Proposal, at: datetime) -> Poll:
    """Ask the seat's set. Whoever opens a poll convenes it, and the others are told by e-mail.

    A poll that closed unsettled before is dropped. The same form sent twice opens one poll; another
    one while a poll is open raises OneOpen. Raises Refusal for no dates, or too many.
    """
    seat.must_go_on()
    # not against whoever settles the last poll: its meeting refers to this row, whose key stays
    LearningSet.objects.select_for_update(no_key=True).get(pk=seat.learning_set.pk)
    proposal.check()
    polls = Poll.objects.filter(learning_set=seat.learning_set)
    polls.filter(closed_at=None, closes_at__lte=at).update(closed_at=at)
    if earlier := polls.filter(closed_at=None).first():
        if earlier.opened_by_id == seat.person.id and proposal.is_of(earlier):
            return earlier
        raise OneOpen(earlier)
    polls.filter(settled_at=None, cancelled_at=None).update(cancelled_at=at)
    again = asking_again.moments(opened_at=at, closes_at=proposal.closes_at)
    poll = Poll.objects.create(
        learning_set=seat.learning_set,
        opened_by=seat.person,
        opened_at=at,
        minutes=proposal.minutes,
        zone=proposal.zone,
        closes_at=proposal.closes_at,
        settles_itself=proposal.settles_itself,
        asks_at=next(iter(again), None),
    )
    PollDate.objects.bulk_create(
        PollDate(poll=poll, starts_at=each, occurrence=number, added_by=seat.person)
        for each, number in sorted(proposal.occurrences.items())
    )
    PollPlace.objects.bulk_create(
        PollPlace(poll=poll, place=each.place, link=each.link, added_by=seat.person)
        for each in dict.fromkeys(proposal.places)
    )
    poll_mail.opened(poll, by=seat.person, at=at)
    return poll


@transaction.atomic
def add_date(seat: Seat, poll: Poll, *, starts_at: datetime, at: datetime) -> PollDate:
    """Propose another date: any seat may. The same again is the date that is there.

    Raises NotOpen, and Refusal for one that begins before the poll closes, or one too many.
    """
    poll = locked(seat, poll, at=at)
    if starts_at <= poll.closes_at:
        raise Refusal("date", TOO_EARLY)
    if there := poll.dates.filter(starts_at=starts_at).first():
        return there
    if poll.dates.count() >= MOST_DATES:
        raise Refusal("date", FULL_OF_DATES)
    nearest = series.nearest(poll, starts_at)
    return poll.dates.create(starts_at=starts_at, occurrence=nearest, added_by=seat.person)


@transaction.atomic
def add_place(seat: Seat, poll: Poll, *, where: Where, at: datetime) -> PollPlace:
    """Propose another place: any seat may. Raises NotOpen, and Refusal for one too many."""
    poll = locked(seat, poll, at=at)
    if there := poll.places.filter(place=where.place, link=where.link).first():
        return there
    if poll.places.count() >= MOST_PLACES:
        raise Refusal("place", FULL_OF_PLACES)
    return PollPlace.objects.create(
        poll=poll, place=where.place, link=where.link, added_by=seat.person
    )


@transaction.atomic
def remove(seat: Seat, poll: Poll, row: PollDate | PollPlace, *, at: datetime) -> None:
    """Take a date or a place out, and its answers: whoever added it may, and the convenor."""
    seat.must(
        row.added_by_id == seat.person.id or may_convene(seat, poll),
        "Whoever added it takes it out, or the convenor.",
    )
    locked(seat, poll, at=at)
    row.delete()


@transaction.atomic
def answer(
    seat: Seat, poll: Poll, *, given: Mapping[UUID, str], words: str = "", at: datetime
) -> Poll:
    """Answer dates and places, by their ids; what is left out stands as it was.

    The last answer stands. `words` go to the convenor alone. Where the set likes that, and everyone
    has now said yes to a date, the poll settles. Raises NotOpen, and Refusal for too many words.
    """
    poll = locked(seat, poll, at=at)
    known = {value for value, _ in ANSWERS}
    taken = {key: value for key, value in given.items() if value in known}
    dates = poll.dates.filter(pk__in=taken, starts_at__gt=at).values_list("pk", flat=True)
    places = poll.places.filter(pk__in=taken).values_list("pk", flat=True)
    _keep("date", [_row(seat, taken[pk], at, date_id=pk) for pk in dates])
    _keep("place", [_row(seat, taken[pk], at, place_id=pk) for pk in places])
    _keep_comment(seat, poll, words=words, at=at)
    reminding.withdraw(seat.person.pk, about=poll.pk)
    return settling.settle_if_agreed(poll, at=at)


@transaction.atomic
def comment(seat: Seat, poll: Poll, *, words: str, at: datetime) -> None:
    """Keep a note for the convenor alone, who is told that there is one: also once it is closed.

    Raises NotOpen where it is settled or cancelled, Refusal for too many words.
    """
    seat.must_go_on()
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if not poll.is_unsettled:
        raise NotOpen
    _keep_comment(seat, poll, words=words, at=at)


@transaction.atomic
def close(seat: Seat, poll: Poll, *, at: datetime) -> None:
    """Take no more answers. Closing twice is closing once."""
    seat.must_go_on()
    seat.must(may_convene(seat, poll), MAY_NOT)
    if Poll.objects.filter(pk=poll.pk, closed_at=None).update(closed_at=at):
        poll_mail.withdraw(poll)


@transaction.atomic
def cancel(seat: Seat, poll: Poll, *, at: datetime) -> None:
    """Give the poll up and tell the others, once. Raises NotOpen where it is settled."""
    seat.must_go_on()
    seat.must(may_convene(seat, poll), MAY_NOT)
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if poll.settled_at:
        raise NotOpen
    if poll.cancelled_at is None:
        poll.cancelled_at, poll.closed_at = at, poll.closed_at or at
        poll.save(update_fields=["cancelled_at", "closed_at"])
        poll_mail.withdraw(poll)
        poll_mail.cancelled(poll, by=seat.person)


def locked(seat: Seat, poll: Poll, *, at: datetime) -> Poll:
    """The poll, held until the end of the transaction; raises NotOpen where it takes no answers."""
    seat.must_go_on()
    row = Poll.objects.select_for_update().get(pk=poll.pk)
    if not row.takes_answers(at=at):
        raise NotOpen
    return row


def _row(seat: Seat, answer: str, at: datetime, **about: UUID) -> PollAnswer:
    return PollAnswer(person=seat.person, answer=answer, answered_at=at, **about)


def _keep(about: str, rows: list[PollAnswer]) -> None:
    PollAnswer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", about],
        update_fields=["answer", "answered_at"],
    )


def _keep_comment(seat: Seat, poll: Poll, *, words: str, at: datetime) -> None:
    words = words.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > MOST_WORDS:
        raise Refusal("words", f"Keep it below {MOST_WORDS} characters; these are {len(words)}.")
    last = PollComment.objects.filter(poll=poll, person=seat.person).order_by("-at").first()
    if not words or (last and last.key_id == seat.person.key_id and last.words("words") == words):
        return  # nothing, or the same form sent twice
    row = PollComment(poll=poll, person=seat.person, key_id=seat.person.key_id, at=at)
    row.seal("words", words)
    row.save(force_insert=True)
    poll_mail.comment(poll, by=seat.person, at=at)
