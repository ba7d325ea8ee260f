"""Erasing what a set said, on the day its ground rules name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from setwise.actions import personal_data as of_actions
from setwise.meetings import personal_data as of_meetings
from setwise.room import personal_data as of_rooms
from setwise.sets import personal_data as of_sets
from setwise.sets.models import LearningSet


def erase_due(*, at: datetime) -> int:
    """Erase every closed set whose day has come; returns how many.

    Each is one transaction: a worker that is killed in it has erased nothing of that set, and the
    next one does. Any number of workers may run; one in trouble holds up none of the others.
    """
    due = LearningSet.objects.filter(erases_at__lte=at, erased_at=None)
    erased, trouble = 0, None
    for pk in list(due.values_list("pk", flat=True)):
        try:
            erased += erase(pk, at=at)
        except Exception as error:  # noqa: BLE001 - told below, once the others are done
            trouble = error
    if trouble:
        raise trouble
    return erased


@transaction.atomic
def erase(pk: UUID, *, at: datetime) -> bool:
    """Erase one set; False where its day has not come, or another worker was first.

    What stays: who met and when, who presented and how many actions were reviewed; and what is each
    person's own: the records of their rounds without the others' names, their actions, their log.
    """
    learning_set = LearningSet.objects.select_for_update().get(pk=pk)
    due = learning_set.erases_at and learning_set.erases_at <= at
    if learning_set.erased_at or not due:
        return False
    of_rooms.erase(learning_set, at=at)
    of_actions.erase(learning_set)
    of_meetings.erase(learning_set)
    of_sets.erase(learning_set, at=at)
    return True
