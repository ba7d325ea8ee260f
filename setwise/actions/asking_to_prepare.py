"""Asking members to prepare: on Today, and once by e-mail, as many days ahead as their rules say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from setwise.actions.models import Preparation
from setwise.meetings.coming_up import still_due
from setwise.meetings.expecting import expected
from setwise.meetings.models import Meeting
from setwise.people import reminding
from setwise.people.models import Person
from setwise.people.reminding import Reminder, hundreds
from setwise.sets.models import GroundRules
from setwise.sets.models.ground_rules import PREPARE_DAYS, unprepared

A_DAY = timedelta(days=1)


def asked_of(person: Person, meetings: Collection[Meeting], *, at: datetime) -> set[UUID]:
    """Of these meetings, those for which this person is asked to prepare now."""
    ids = [meeting.id for meeting in meetings if meeting.starts_at > at]
    due = list(_being_prepared(at=at).filter(pk__in=ids)) if ids else []
    answered = Preparation.objects.filter(person=person, meeting__in=due)
    answered = answered.exclude(written_at=None, skipped_at=None)
    done = set(answered.values_list("meeting_id", flat=True)) if due else set()
    return {
        meeting.id
        for meeting, one in expected(due, person, members_only=True)
        if one.id == person.id
    } - done


def asking(
    meetings: Collection[Meeting], people: Collection[UUID], *, at: datetime
) -> set[tuple[UUID, UUID]]:
    """For which of these meetings which of these people are asked to prepare now; three queries."""
    due = list(_being_prepared(at=at).filter(pk__in=[meeting.id for meeting in meetings]))
    answered = Preparation.objects.filter(person__in=people, meeting__in=due)
    answered = answered.exclude(written_at=None, skipped_at=None)
    done = set(answered.values_list("meeting_id", "person_id"))
    pairs = {(meeting.id, person.id) for meeting, person in expected(due, members_only=True)}
    return {pair for pair in pairs - done if pair[1] in set(people)}


def post_due(*, at: datetime) -> int:
    """Post the letters that are due: one a person and meeting, ever; returns how many.

    They come on the day, at the hour that each chose. Nobody gets one who has prepared, sent
    apologies, said *not this time*, was asked before, or wants none. Any number of workers may run
    this: the letter's key is unique.
    """
    # an hour chosen on the day may come sooner than so many times 24 hours ahead
    soon = list(_being_prepared(at=at, early=A_DAY).select_related("learning_set"))
    if not soon:
        return 0
    known = set(Preparation.objects.filter(meeting__in=soon).values_list("meeting_id", "person_id"))
    asked = [
        _reminder(meeting, person)
        for meeting, person in expected(soon, members_only=True)
        if (meeting.id, person.id) not in known
    ]
    return sum(_ask(some, at=at) for some in hundreds(reminding.ready(asked, at=at)))


def _reminder(meeting: Meeting, person: Person) -> Reminder[Meeting]:
    ahead: int = getattr(meeting, "ahead")  # noqa: B009 - the query's own column
    return Reminder(
        kind="preparation",
        person=person,
        key=reminding.key(person, "preparation", about=meeting.id, within=meeting.learning_set_id),
        day=reminding.local_day(person, meeting.starts_at) - timedelta(days=ahead),
        until=meeting.starts_at,
        about=meeting,
    )


@transaction.atomic
def _ask(planned: Sequence[Reminder[Meeting]], *, at: datetime) -> int:
    some = still_due(planned)
    rows = {
        each.key: Preparation(
            meeting=each.about, person=each.person, key_id=each.person.key_id, asked_at=at
        )
        for each in some
    }
    Preparation.objects.bulk_create(rows.values(), ignore_conflicts=True)
    # the others wrote in this moment, or another worker asked them
    made = set(
        Preparation.objects.filter(pk__in=[row.pk for row in rows.values()]).values_list("pk")
    )
    contexts = {
        each.key: {
            "meeting": each.about,
            "learning_set": each.about.learning_set,
            "elsewhere": each.person.zone != each.about.zone,
            "url": settings.SETWISE_ORIGIN + reverse("actions:prepare", args=[each.about.id]),
        }
        for each in some
        if (rows[each.key].pk,) in made
    }
    return reminding.post(some, template="actions/email/prepare", contexts=contexts, at=at)


def _being_prepared(*, at: datetime, early: timedelta = timedelta()) -> QuerySet[Meeting]:
    """The meetings so near that their sets' rules ask members to prepare; rules in force only."""
    rules = GroundRules.objects.filter(learning_set=OuterRef("learning_set"), state="in force")
    near = Q(pk=None)
    for days, _ in PREPARE_DAYS:
        if days:
            near |= Q(ahead=days, starts_at__lte=at + timedelta(days=days) + early)
    return (
        Meeting.objects.filter(cancelled_at=None, starts_at__gt=at, learning_set__closed_at=None)
        .annotate(
            ahead=Subquery(rules.values("prepare_days")), agenda=Subquery(rules.values("protocol"))
        )
        .filter(near)
        .exclude(agenda__in=unprepared())
    )
