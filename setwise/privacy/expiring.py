"""Words of a room that are erased long before the set's own day, since nobody needs them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from setwise.actions import personal_data as of_actions
from setwise.room import personal_data as of_rooms
from setwise.vault import keys

SENT = timedelta(days=7)  # a browser sends what it kept within twelve hours
SEEN = timedelta(days=1)
DRAFTED = timedelta(days=30)  # so long can a note-taker's draft be confirmed after its meeting


def expire(*, at: datetime) -> int:
    """Erase what has outlived its use; returns how many rows."""
    of_rooms.lower_hands(over=at - SEEN)
    rows = [
        *of_actions.unconfirmed(over=at - DRAFTED),
        *of_rooms.outlived(sent=at - SENT, drafted=at - DRAFTED, seen=at - SEEN),
    ]
    gone = 0
    for each in rows:
        if each.exists():  # without a row to erase nothing is locked
            with transaction.atomic():
                gone += each.delete()[0]
                keys.leave_no_log()
    return gone
