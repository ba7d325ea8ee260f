"""What is kept of meetings."""

from __future__ import annotations

from setwise.meetings.models import CalendarEntry, KeptRhythm, Meeting, Poll, Reply
from setwise.sets.models import LearningSet


def erase(learning_set: LearningSet) -> None:
    """Keep that and when the set met; forget where, under what title, who had said yes,
    the rhythm, and every poll with its answers and notes.

    Call in the transaction that erases the set.
    """
    meetings = Meeting.objects.filter(learning_set=learning_set)
    Reply.objects.filter(meeting__in=meetings).delete()
    Poll.objects.filter(learning_set=learning_set).delete()
    CalendarEntry.objects.filter(meeting__in=meetings).delete()
    KeptRhythm.objects.filter(learning_set=learning_set).delete()
    meetings.exclude(cancelled_at=None).delete()
    meetings.update(title="", place="", link="", arranged_by=None, chair=None)
