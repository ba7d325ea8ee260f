"""Sending what is due. Any number of workers: a letter is claimed by compare-and-set with a lease."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from setwise.outbox import answers, composing, daytime, pacing, transport
from setwise.outbox.delivering import Delivery
from setwise.outbox.models import Letter
from setwise.outbox.troubles import KINDS
from setwise.vault import sealing

LEASE = timedelta(minutes=10)  # more than a mail server can spend on one letter
# two days in all
PAUSES = tuple(timedelta(minutes=m) for m in (1, 4, 10, 15, 30, 60, 120, 240, 480, 480, 720, 720))
log = logging.getLogger(__name__)
HandOver = Callable[[EmailMessage], Delivery]


def send_due(*, at: datetime, limit: int = 50, go_on: Callable[[], bool] = lambda: True) -> int:
    """Send up to `limit` letters that are due, while `go_on`; returns how many a server accepted.

    It ends early where the rate is used up, and where the next letter would meet the same trouble,
    such as a server that is down. A letter accepted by the server in the moment before this process
    is killed is sent once more after the lease, with the same Message-ID: that one case cannot be
    told apart from outside, and is counted in `Letter.doubts`.
    """
    due, left, sent, may_send = list(Letter.objects.due(at=at)[:limit]), limit, 0, False
    with transport.line() as hand_over:
        while due and left and go_on():
            may_send = may_send or pacing.may_send(at=timezone.now())
            if not may_send:
                break
            letter = due.pop(0)
            if _put_off(letter, at) or not _claim(letter, at):
                due = _elsewhere(at, left)  # another worker goes through the same ones
                continue
            left, may_send = left - 1, False
            delivery = _send(letter, hand_over)
            sent += delivery.accepted
            if delivery.trouble and delivery.trouble.meets_all:
                break
    return sent


def _elsewhere(at: datetime, count: int) -> list[Letter]:
    """Letters that are due, from here and there among the first: workers then seldom meet."""
    due = list(Letter.objects.due(at=at)[: 4 * count])
    return random.sample(due, min(count, len(due)))


def _put_off(letter: Letter, at: datetime) -> bool:
    """Whether it is night for its reader, who wanted it by day: it then waits for the morning.

    Asked just before it leaves: a server that was down, the rate or a backlog may have held it up.
    """
    at = max(at, timezone.now())
    if not letter.day_zone or daytime.is_day(letter.day_zone, at):
        return False
    _as_read(letter, at).update(
        state="waiting",
        due_at=daytime.by_day(letter.day_zone, at),
        doubts=letter.doubts + (letter.state == "claimed"),
    )
    return True


def _as_read(letter: Letter, at: datetime) -> QuerySet[Letter]:
    """The letter, if nobody has taken it in hand since it was read."""
    return Letter.objects.due(at=at).order_by().filter(pk=letter.pk, attempts=letter.attempts)


def _claim(letter: Letter, at: datetime) -> bool:
    """Take it in hand; no where another worker did, or where it was too old and ended with that.

    A letter that another worker had in hand when it died may have been accepted: it is doubtful.
    """
    at = max(at, timezone.now())  # a lease is counted from its claim, however long the look takes
    died = letter.state == "claimed"
    as_read = _as_read(letter, at)
    letter.attempts, letter.doubts = letter.attempts + 1, letter.doubts + died
    letter.state, letter.lease_until = "claimed", at + LEASE
    if not as_read.update(
        state="claimed",
        lease_until=letter.lease_until,
        attempts=letter.attempts,
        doubts=letter.doubts,
    ):
        return False
    if letter.expires_at and letter.expires_at <= at:
        _end(letter, state="expired", answer="It was too old to be of use.")
        return False
    return True


def _send(letter: Letter, hand_over: HandOver) -> Delivery:
    result = _try(letter, hand_over)
    answer = answers.kept(result.answer, subject=letter.subject, origin=settings.SETWISE_ORIGIN)
    trouble = result.trouble
    if trouble is None:
        Letter.objects.filter(pk=letter.pk).update(
            state="sent", sent_at=result.at, body_sealed=None, trouble="", last_answer=answer
        )
    elif trouble.ends:
        _end(letter, state="failed", answer=answer, trouble=trouble.name)
    else:
        _try_again(letter, result, answer)
    return result


def _try_again(letter: Letter, result: Delivery, answer: str) -> None:
    """Have it wait, longer each time; after two days it stops, and its words stay for a while.

    Nothing is changed where another worker has taken it over since.
    """
    assert result.trouble
    own = Letter.objects.filter(pk=letter.pk, state="claimed", attempts=letter.attempts)
    stops = letter.attempts > len(PAUSES)
    own.update(
        state="failed" if stops else "waiting",
        due_at=result.at + (timedelta(0) if stops else PAUSES[letter.attempts - 1]),
        trouble=result.trouble.name,
        doubts=letter.doubts + (result.trouble.name == "unsure"),
        last_answer=answer,
    )


def _try(letter: Letter, hand_over: HandOver) -> Delivery:
    """Try once. What nobody foresaw is a passing failure, and holds up no other letter."""
    if composing.CODED in letter.to_email:
        return Delivery(KINDS["address"], "No mailbox has this address.", timezone.now())
    try:
        return hand_over(composing.message(letter))
    except sealing.KeyGone:
        return Delivery(KINDS["erased"], "The person's key was erased.", timezone.now())
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - see above; its words might be the letter's
        log.error("A letter could not be sent: %s", type(error).__name__)
        answer = f"Not sent: {type(error).__name__}"
        return Delivery(KINDS["ourselves"], answer, timezone.now())


def _end(letter: Letter, *, state: str, answer: str, trouble: str = "") -> None:
    Letter.objects.filter(pk=letter.pk).update(
        state=state, body_sealed=None, trouble=trouble, last_answer=answer
    )
