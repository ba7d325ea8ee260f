"""What is kept of people's actions, and for how long."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from setwise.actions.models import Action, Preparation, Progress, Shown
from setwise.meetings.models import Meeting
from setwise.sets.models import LearningSet


def erase(learning_set: LearningSet) -> None:
    """Keep each owner's own actions and how they went; take out everything of anybody else's.

    Call in the transaction that erases the set.
    """
    meetings = Meeting.objects.filter(learning_set=learning_set)
    actions = Action.objects.filter(learning_set=learning_set)
    Preparation.objects.filter(meeting__in=meetings).delete()
    Shown.objects.filter(action__in=actions).delete()
    Progress.objects.filter(action__in=actions, confirmed_at=None).delete()
    actions.filter(confirmed_at=None).delete()
    Progress.objects.filter(action__in=actions).update(typed_by=None)
    actions.update(typed_by=None, ally=None, ally_accepted_at=None)


def unconfirmed(*, over: datetime) -> tuple[QuerySet[Action], QuerySet[Progress]]:
    """What note-takers wrote at meetings that ended before `over`, and no owner has confirmed."""
    before = Meeting.objects.filter(pk=OuterRef("meeting"), ends_at__lt=over)
    drafts = Exists(before)
    return (
        Action.objects.filter(drafts, confirmed_at=None),
        Progress.objects.filter(drafts, confirmed_at=None),
    )
