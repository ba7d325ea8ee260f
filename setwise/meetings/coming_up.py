"""Reminding people of a meeting, a week and a day before: when, where, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from setwise.meetings import answering_links, rotating
from setwise.meetings.expecting import expected
from setwise.meetings.models import Meeting, Reply
from setwise.people import reminding
from setwise.people.models import Person
from setwise.people.reminding import Reminder, hundreds
from setwise.sets.models import Membership

AHEAD = {"meeting_week": 7, "meeting_day": 1}  # days before the meeting's, where the reader is
NEAR = timedelta(days=max(AHEAD.values()) + 1)


def post_due(*, at: datetime) -> int:
    """Post the reminders that are due; returns how many. Any number of workers may run this.

    One a person, meeting and time: a meeting at another time is another one to be reminded of.
    Whoever sent apologies gets none, nor does anybody for whom the meeting was fixed or moved since.
    """
    near = Meeting.objects.filter(
        cancelled_at=None, starts_at__gt=at, starts_at__lte=at + NEAR, learning_set__closed_at=None
    )
    meetings = list(near.select_related("learning_set"))
    asked = [
        _reminder(kind, meeting, person) for meeting, person in expected(meetings) for kind in AHEAD
    ]
    return sum(_remind(some, at=at) for some in hundreds(reminding.ready(asked, at=at)))


def answered(meeting: Meeting, person: Person, *, answer: str) -> None:
    """Let no letter go out that still waits to ask this person; after apologies, none about it."""
    reminding.withdraw(person.id, about=meeting.id, kind="meeting_" if answer == "yes" else "")


def changed(meeting: Meeting) -> None:
    """Let no letter go out that still waits to remind anybody of the meeting as it was."""
    seats = Membership.objects.seated().filter(learning_set=meeting.learning_set_id)
    for person_id in seats.values_list("person_id", flat=True):
        reminding.withdraw(person_id, about=meeting.id)


def _reminder(kind: str, meeting: Meeting, person: Person) -> Reminder[Meeting]:
    day = reminding.local_day(person, meeting.starts_at) - timedelta(days=AHEAD[kind])
    late = meeting.starts_at - timedelta(days=5) if kind == "meeting_week" else meeting.starts_at
    return Reminder(
        kind=kind,
        person=person,
        key=reminding.key(
            person,
            kind,
            about=meeting.id,
            once=f"{meeting.starts_at:%Y%m%d%H%M}",
            within=meeting.learning_set_id,
        ),
        day=day,
        until=late,
        since=meeting.moved_at or meeting.arranged_at,
        about=meeting,
    )


@transaction.atomic
def _remind(planned: Sequence[Reminder[Meeting]], *, at: datetime) -> int:
    some = still_due(planned)
    pairs = [(each.about, each.person) for each in some]
    meetings = {meeting.id: meeting for meeting, _ in pairs}
    said = Reply.objects.filter(meeting__in=meetings, answer="yes")
    coming = set(said.values_list("meeting_id", "person_id"))
    urls = answering_links.urls(pairs, at=at)
    turns = rotating.chairs(list(meetings.values()), at=at)
    contexts = {
        each.key: {
            "meeting": each.about,
            "learning_set": each.about.learning_set,
            "elsewhere": each.person.zone != each.about.zone,
            "coming": (each.about.id, each.person.id) in coming,
            "turn": turns.get(each.about.id),
            "url": urls[each.about.id, each.person.id],
        }
        for each in some
    }
    return reminding.post(some, template="meetings/email/coming_up", contexts=contexts, at=at)


def still_due(planned: Sequence[Reminder[Meeting]]) -> list[Reminder[Meeting]]:
    """Those whose meeting stands as when they were planned, and whose reader is still expected.

    Call in the transaction that posts them. It holds the meetings: whoever moves or cancels one, or
    sends apologies, in this moment waits, and then withdraws the letters. In three queries.
    """
    held = Meeting.objects.select_for_update(no_key=True).filter(
        pk__in={each.about.id for each in planned}, cancelled_at=None
    )
    stand = {(row.id, row.sequence): row for row in held.order_by("pk")}
    pairs = {(meeting.id, person.id) for meeting, person in expected(list(stand.values()))}
    return [
        each
        for each in planned
        if (each.about.id, each.about.sequence) in stand
        and (each.about.id, each.person.id) in pairs
    ]
