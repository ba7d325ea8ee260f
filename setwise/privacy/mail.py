"""What a set is told about its end: the days, and what is kept. Never a word that was said."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from setwise.people.mailing import post
from setwise.people.models import Person
from setwise.sets.models import LearningSet, Membership


def closing(learning_set: LearningSet, *, by: Person, erases_at: datetime, at: datetime) -> None:
    _tell("closing", learning_set, at.isoformat(), by=by, erases_at=erases_at)


def goes_on(learning_set: LearningSet, *, by: Person, at: datetime) -> None:
    _tell("goes_on", learning_set, at.isoformat(), by=by)


def closed(learning_set: LearningSet) -> None:
    """Tell everyone that it is closed, and until when they can read what."""
    _tell("closed", learning_set, "", erases_at=learning_set.erases_at)


def _tell(
    news: str,
    learning_set: LearningSet,
    once: str,
    *,
    by: Person | None = None,
    erases_at: datetime | None = None,
) -> None:
    """Post one letter to each person in the set but whoever did it, in the caller's transaction."""
    page = "privacy:closing" if news == "closing" else "today:set"
    for membership in (
        Membership.objects.seated()
        .filter(learning_set=learning_set)
        .exclude(person=by)
        .select_related("person")
    ):
        post(
            key=f"set-{news}:{learning_set.pk}:{once}:{membership.person_id}",
            to=membership.person,
            template=f"privacy/email/{news}",
            context={
                "learning_set": learning_set,
                "reader": membership.person,
                "by": by,
                "erases_at": erases_at,
                "url": settings.SETWISE_ORIGIN + reverse(page, args=[learning_set.pk]),
                "rounds": settings.SETWISE_ORIGIN + reverse("room:records"),
            },
        )
