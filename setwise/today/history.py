"""What a set keeps of its meetings: who met and when, who presented, how many actions were reviewed.

No word that was said is in it, and it is kept when everything else of a set is erased.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from setwise.actions.models import Progress
from setwise.actions.models.action import ENDED
from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.room.models import CheckIn, Round
from setwise.sets.models import LearningSet


@dataclass(frozen=True, slots=True)
class Held:
    meeting: Meeting
    met: tuple[str, ...]
    presented: tuple[str, ...]
    reviewed: int


def kept_for(person: Person) -> QuerySet[LearningSet]:
    """The sets whose meetings this person may look up: those they belong to, or did to the end."""
    stayed = Q(memberships__left_at=None) | Q(memberships__left_how="closed")
    return LearningSet.objects.filter(
        stayed, memberships__person=person, memberships__suspended_at=None
    ).distinct()


def of(person: Person, set_id: UUID, *, at: datetime) -> tuple[LearningSet, list[Held]]:
    """The set and the meetings it held, the last first, in a fixed number of queries.

    Http404 for whoever neither belongs to it nor did to its end.
    """
    learning_set = kept_for(person).filter(pk=set_id).first()
    if learning_set is None:
        raise Http404
    meetings = list(
        Meeting.objects.filter(Q(ends_at__lte=at) | Q(room__isnull=False))
        .filter(learning_set=learning_set, cancelled_at=None)
        .order_by("-starts_at")
    )
    met, presented = _met(meetings), _presented(meetings)
    reviewed = _reviewed(meetings)
    return learning_set, [
        Held(row, met[row.pk], presented[row.pk], reviewed.get(row.pk, 0)) for row in meetings
    ]


def _met(meetings: Iterable[Meeting]) -> dict[UUID, tuple[str, ...]]:
    rows = (
        CheckIn.objects.filter(room__meeting__in=meetings)
        .exclude(admitted_at=None)
        .select_related("room", "person")
        .order_by("person__name")
    )
    found: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.room.meeting_id] += (str(row.person),)
    return found


def _presented(meetings: Iterable[Meeting]) -> dict[UUID, tuple[str, ...]]:
    rows = (
        Round.objects.filter(room__meeting__in=meetings)
        .exclude(started_at=None)
        .select_related("room", "presenter", "shared_with")
        .order_by("number")
    )
    found: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        people = filter(None, (row.presenter, row.shared_with))
        found[row.room.meeting_id] += tuple(map(str, people))
    return found


def _reviewed(meetings: Iterable[Meeting]) -> dict[UUID | None, int]:
    """Actions said to be done, changed or let go, all alike; each once a meeting."""
    told = Progress.objects.filter(meeting__in=meetings, state__in=ENDED).exclude(confirmed_at=None)
    counted = told.order_by().values("meeting").annotate(number=Count("action", distinct=True))
    return dict(counted.values_list("meeting", "number"))
