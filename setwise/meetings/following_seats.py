"""Calendars follow the seats: whoever leaves a set, or comes back to it, is sent what that changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from setwise.meetings import calendar_entries, mail
from setwise.meetings.models import Meeting


def follow_due(*, at: datetime) -> int:
    """Post what calendars lack; returns how many people's. What is posted for one stays posted."""
    return _take_out(at) + _bring_up(at)


def _take_out(at: datetime) -> int:
    done = 0
    for entry in calendar_entries.of_the_gone(at=at):
        with transaction.atomic():
            done += mail.left(entry, at=at)
    return done


def _bring_up(at: datetime) -> int:
    done = 0
    for found in calendar_entries.with_people_behind(at=at):
        with transaction.atomic():  # with the row held, so that of two workers one finds them
            rows = Meeting.objects.select_for_update(of=("self",)).select_related("learning_set")
            meeting = rows.get(pk=found.pk)
            people = calendar_entries.behind(meeting)
            mail.invited(meeting, people, at=at)
            done += len(people)
    return done
