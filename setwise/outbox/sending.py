"""Sending what is due. Any number of workers: a letter is claimed by compare-and-set with a lease."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from setwise.outbox import composing, transport
from setwise.outbox.models import Letter
from setwise.vault import sealing

LEASE = timedelta(minutes=5)
log = logging.getLogger(__name__)
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440))


def send_due(*, at: datetime, limit: int = 50, go_on: Callable[[], bool] = lambda: True) -> int:
    """Send up to `limit` letters that are due, while `go_on`; returns how many a server accepted.

    A letter accepted by the server in the moment before this process is killed is sent once more
    after the lease, with the same Message-ID: that one case cannot be told apart from outside.
    """
    ids = list(Letter.objects.due(at=at).values_list("id", flat=True)[:limit])
    return sum(_send(letter) for pk in ids if go_on() and (letter := _claim(pk, at)) is not None)


def _claim(pk: UUID, at: datetime) -> Letter | None:
    at = max(at, timezone.now())  # a lease is counted from its claim, however long the look takes
    claimed = (
        Letter.objects.due(at=at)
        .filter(pk=pk)
        .order_by()
        .update(state="claimed", lease_until=at + LEASE, attempts=F("attempts") + 1)
    )
    if not claimed:
        return None
    letter = Letter.objects.get(pk=pk)
    if letter.expires_at and letter.expires_at <= at:
        _end(letter, state="expired", answer="It was too old to be of use.")
        return None
    return letter


def _send(letter: Letter) -> bool:
    try:
        result = _try(letter)
    except sealing.KeyGone:
        _end(letter, state="failed", answer="The person's key was erased.")
        return False
    own = Letter.objects.filter(pk=letter.pk, state="claimed", attempts=letter.attempts)
    if result.accepted:
        Letter.objects.filter(pk=letter.pk).update(
            state="sent", sent_at=result.at, body_sealed=None, last_answer=result.answer[:300]
        )
    elif result.permanent or letter.attempts > len(PAUSES):
        _end(letter, state="failed", answer=result.answer)
    else:
        own.update(  # unless another worker has taken it over since
            state="waiting",
            due_at=result.at + PAUSES[letter.attempts - 1],
            last_answer=result.answer[:300],
        )
    return result.accepted


def _try(letter: Letter) -> transport.Delivery:
    """Try once. What nobody foresaw is a passing failure, and holds up no other letter."""
    if composing.CODED in letter.to_email:
        return transport.Delivery(False, True, "No mailbox has this address.", timezone.now())
    try:
        return transport.deliver(composing.message(letter))
    except (sealing.KeyGone, DatabaseError):
        raise
    except Exception as error:  # noqa: BLE001 - see above; its words might be the letter's
        log.error("A letter could not be sent: %s", type(error).__name__)
        return transport.Delivery(False, False, f"Not sent: {type(error).__name__}", timezone.now())


def _end(letter: Letter, *, state: str, answer: str) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        state=state, body_sealed=None, last_answer=answer[:300]
    )
