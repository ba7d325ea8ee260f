"""Calendars follow the seats: whoever leaves a set, or comes back to it, is sent what that changes."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from setwise.meetings import calendar_entries, mail
from setwise.meetings.models import CalendarEntry, Meeting
from setwise.meetings.one_by_one import one_by_one


def follow_due(*, at: datetime) -> int:
    """Post what calendars lack; returns how many people's. What is posted for one stays posted."""
    gone = one_by_one(partial(_take_out, at=at), calendar_entries.of_the_gone(at=at))
    return gone + one_by_one(partial(_bring_up, at=at), calendar_entries.with_people_behind(at=at))


@transaction.atomic
def _take_out(entry: CalendarEntry, *, at: datetime) -> int:
    return mail.left(entry, at=at)


@transaction.atomic
def _bring_up(found: Meeting, *, at: datetime) -> int:
    """With the row held, so that of two workers one finds them."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("learning_set")
    meeting = rows.get(pk=found.pk)
    people = calendar_entries.behind(meeting)
    mail.invited(meeting, people, at=at)
    return len(people)
