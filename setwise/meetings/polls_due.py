"""What becomes of polls by themselves: they ask again, settle, close, and forget their notes."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from setwise.meetings import asking_again, poll_mail, settling, standing
from setwise.meetings.models import Poll, PollComment
from setwise.meetings.one_by_one import one_by_one
from setwise.people import reminding
from setwise.people.reminding import Reminder

SOON = timedelta(hours=1)  # after a look, the next: somebody's night or hour was in the way
NOTES = timedelta(days=30)  # so long are notes kept once a poll is over


def ask_due(*, at: datetime) -> int:
    """Ask again, gently, whoever has not answered; returns how many letters were posted.

    Twice at most for each person, as they chose, and not at night where they are. Any number of
    workers may run this: the due moment is moved by compare-and-set, and a letter's key is unique.
    """
    due = Poll.objects.taking_answers(at=at).filter(asks_at__lte=at)
    return one_by_one(partial(_ask, at=at), due.select_related("learning_set"))


@transaction.atomic
def _ask(poll: Poll, *, at: datetime) -> int:
    due = asking_again.moments(opened_at=poll.opened_at, closes_at=poll.closes_at)
    passed = [each for each in due if each <= at]
    mine = Poll.objects.filter(pk=poll.pk, asks_at=poll.asks_at, closed_at=None)
    if not mine.update(asks_at=at + SOON, times_asked=len(passed)) or not passed:
        return 0  # another worker was here, or it closed in this moment
    asked = [
        Reminder(
            kind="poll",
            person=person,
            key=reminding.key(
                person,
                "poll",
                about=poll.pk,
                once=str(len(passed)),
                within=poll.learning_set_id,
            ),
            day=reminding.local_day(person, passed[-1]),
            until=poll.closes_at,
            since=poll.opened_at,
            about=poll,
        )
        for person in standing.of(poll, at=at).missing
    ]
    return poll_mail.again(poll, reminding.ready(asked, at=at), at=at)


def close_due(*, at: datetime) -> int:
    """Close the polls whose deadline is over, and tell each convenor how it stands.

    One that settles itself is settled where everyone who belongs by now has said yes to a date:
    somebody may have left since the last answer. Returns how many were closed or settled.
    """
    open_now = Poll.objects.filter(closed_at=None, learning_set__closed_at=None)
    due = open_now.filter(Q(closes_at__lte=at) | Q(settles_itself=True))
    return one_by_one(partial(_close, at=at), due.order_by("closes_at"))


@transaction.atomic
def _close(poll: Poll, *, at: datetime) -> bool:
    locked = Poll.objects.select_for_update().filter(pk=poll.pk, closed_at=None).first()
    if locked is None:
        return False
    if settling.settle_if_agreed(locked, at=at).settled_at:
        return True
    if locked.closes_at > at:
        return False
    Poll.objects.filter(pk=locked.pk).update(closed_at=at)
    poll_mail.withdraw(locked)
    poll_mail.closed(locked, standing.of(locked, at=at), at=at)
    return True


def forget_notes(*, at: datetime) -> int:
    """Erase the notes of polls that ended a while ago, or whose set did; returns how many."""
    over = Q(poll__closed_at__lte=at - NOTES) | Q(poll__learning_set__closed_at__lte=at - NOTES)
    deleted, _ = PollComment.objects.filter(over).delete()
    return deleted
