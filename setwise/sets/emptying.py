"""Carrying out a graduation whose moment has come.

The gate goes by the moment itself, so that nobody waits for this: it only tidies the rows, and makes
room for whoever takes the seat next.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from setwise.sets.agreeing import settle_without
from setwise.sets.models import LearningSet, Membership


def empty_due(learning_set: LearningSet, *, at: datetime) -> bool:
    """Empty this set's seat if its moment has come. Call with the set locked. Again is once."""
    due = Membership.objects.filter(
        learning_set=learning_set, left_at=None, is_facilitator=True, facilitates_until__lte=at
    )
    row = due.first()
    if row is None:
        return False
    one = Membership.objects.filter(pk=row.pk)
    if row.is_member:
        one.update(is_facilitator=False, facilitates_until=None)
    else:
        one.update(left_at=row.facilitates_until, left_how="left")
    learning_set.seats_moved()
    settle_without(learning_set, at=at)
    return True


def empty_all_due(*, at: datetime) -> int:
    """The same for every set; returns how many seats were emptied."""
    due = Membership.objects.filter(left_at=None, is_facilitator=True, facilitates_until__lte=at)
    emptied = 0
    for set_id in due.values_list("learning_set_id", flat=True):
        with transaction.atomic():
            learning_set = LearningSet.objects.select_for_update().get(pk=set_id)
            emptied += empty_due(learning_set, at=at)
    return emptied
