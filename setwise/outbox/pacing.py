"""How fast letters may leave, for all processes together: SETWISE_MAIL_RATE."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from setwise.outbox.models import Pace

BURST = timedelta(seconds=1)  # how much time not used may be made up for: a worker's pause
RACES = 20  # how often another process may be faster before this one leaves it to the next look


def may_send(*, at: datetime) -> bool:
    """Whether one more letter may leave now; yes takes that moment from every other process.

    Each letter moves the row on by one step, compared and set, so that no two take the same.
    """
    if not settings.SETWISE_MAIL_RATE:
        return True
    step = timedelta(seconds=1) / settings.SETWISE_MAIL_RATE
    for _ in range(RACES):
        row = Pace.objects.first()
        if row is None:
            Pace.objects.bulk_create([Pace(next_at=at)], ignore_conflicts=True)
            continue
        if row.next_at > at:
            return False
        then = max(row.next_at, at - BURST) + step
        if Pace.objects.filter(next_at=row.next_at).update(next_at=then):
            return True
    return False
