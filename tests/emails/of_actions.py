"""The e-mails about actions, preparation, and what follows a meeting."""

from __future__ import annotations

from datetime import timedelta

from setwise.actions import asking_to_prepare, falling_due, week
from setwise.actions.models import Action
from setwise.meetings.models import Meeting
from setwise.people.models import ReminderChoice
from setwise.room import missing
from setwise.room.models import CheckIn, Room
from tests.actions.company import decided
from tests.cast import Cast
from tests.emails.of_meetings import ask, fix
from tests.emails.scenes import DAY, NOW, Scene, date_of, day

OWN = "Ask the two night nurses separately what each of them needs."


def act(company: Cast, days: int = 7) -> Action:
    owner = company.people["presenter"]
    Action.objects.filter(owner=owner).delete()
    return decided(owner, company.learning_set, OWN, due_on=date_of(days))


def be_due(company: Cast) -> None:
    act(company)
    falling_due.post_due(at=day(7, 10))


def be_overdue(company: Cast) -> None:
    act(company)
    falling_due.post_due(at=day(8, 10))


def prepare(company: Cast) -> None:
    meeting = fix(company)
    asking_to_prepare.post_due(at=meeting.starts_at - DAY)


def write_weekly(company: Cast) -> None:
    ReminderChoice.objects.create(person=company.people["presenter"], manner="weekly", weekday=1)
    fix(company, 9)
    ask(company)
    act(company)
    week.post_due(at=NOW + timedelta(hours=1))


def miss_twice(company: Cast) -> None:
    """Dele was away from the meeting, and from the one before it."""
    room = Room.objects.get(meeting=company.meeting)
    starts = company.meeting.starts_at - timedelta(weeks=6)
    earlier = Meeting.objects.exclude(pk=company.meeting.pk).get(learning_set=company.learning_set)
    before = Room(meeting=earlier, opened_at=starts, closed_at=starts + timedelta(hours=2))
    before.course = room.course
    before.save()
    for key, person in company.keys.items():
        if key != "dele":
            CheckIn.objects.create(room=before, person=person, admitted_at=starts)
    missing.post_notes(room)


SCENES = (
    Scene(
        "actions/email/prepare",
        "so many days before a meeting as the ground rules say",
        "each member",
        prepare,
    ),
    Scene(
        "room/email/actions", "a meeting is over", "everyone who was there", lambda company: None
    ),
    Scene(
        "room/email/missed",
        "a member missed two meetings in a row",
        "the member and the facilitator",
        miss_twice,
        "dele",
    ),
    Scene("actions/email/due", "the day of an action has come", "its owner", be_due),
    Scene("actions/email/due", "that day has passed: once", "its owner", be_overdue),
    Scene(
        "actions/email/week",
        "every week, in place of reminders",
        "whoever chose that",
        write_weekly,
    ),
)
