"""One e-mail a week, for whoever chose that: coming meetings, open polls and their own actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from setwise.actions import asking_to_prepare, update_links
from setwise.actions.models import Action
from setwise.meetings import answering_links
from setwise.meetings.expecting import expected
from setwise.meetings.models import Meeting, Poll, PollAnswer, PollDate, Reply
from setwise.outbox import daytime, posting
from setwise.people import linking, reminding
from setwise.people.models import Person, ReminderChoice
from setwise.people.reminding import DIGEST, Choices, Reminder, hundreds
from setwise.sets.models import Membership
from setwise.vault.sealing import keys_at_hand

AHEAD, BEFORE = timedelta(days=14), timedelta(days=7)
LATE = timedelta(days=2)  # after its day, a week's e-mail is of no use


@dataclass(slots=True)
class Week:
    """What one person is told. An empty one is not sent."""

    meetings: list[tuple[Meeting, str, str, str]] = field(default_factory=list)
    polls: list[tuple[Poll, str]] = field(default_factory=list)
    actions: list[tuple[Action, str]] = field(default_factory=list)


def post_due(*, at: datetime) -> int:
    """Post the weekly e-mails that are due, one a person and week; returns how many.

    Nobody gets one with nothing in it. It holds nothing of others but when and where they meet.
    """
    rows = ReminderChoice.objects.filter(manner="weekly", person__is_active=True)
    people = [row.person for row in rows.select_related("person")]
    choices = reminding.choices_of(people)
    near = [_reminder(each, choices[each.pk], at) for each in people]
    due = [
        each
        for each in near
        if daytime.is_day(each.person.zone, at)
        and reminding.moment(each.person, each.day, each.about.hour) <= at < each.until
    ]
    known = posting.posted(each.key for each in due) if due else set()
    fresh = [each for each in due if each.key not in known]
    return sum(_tell(some, at=at) for some in hundreds(fresh))


def _reminder(person: Person, choice: Choices, at: datetime) -> Reminder[Choices]:
    """The newest of this person's weeks: on their day, or the days after it."""
    today = reminding.local_day(person, at)
    day = today - timedelta(days=(today.weekday() - choice.weekday) % 7)
    return Reminder(
        kind=DIGEST,
        person=person,
        key=reminding.key(person, DIGEST, about=person.pk, once=day.isoformat()),
        day=day,
        until=datetime.combine(day + LATE, time(), tzinfo=person.tzinfo),
        about=choice,
    )


@transaction.atomic
def _tell(some: Sequence[Reminder[Choices]], *, at: datetime) -> int:
    weeks = {each.person.pk: Week() for each in some}
    choices = {each.person.pk: each.about for each in some}
    _put_meetings(weeks, choices, at)
    _put_polls(weeks, choices, at)
    _put_actions(
        weeks, {each.person.pk: reminding.local_day(each.person, at) for each in some}, choices, at
    )
    contexts: dict[str, dict[str, Any]] = {
        each.key: {"week": weeks[each.person.pk]}
        for each in some
        if weeks[each.person.pk] != Week()
    }
    told = [row for week in weeks.values() for row, _ in week.actions]
    with keys_at_hand(row.key_id for row in told):
        return reminding.post(some, template="actions/email/week", contexts=contexts, at=at)


def _put_meetings(weeks: dict[UUID, Week], choices: dict[UUID, Choices], at: datetime) -> None:
    """The meetings of the next two weeks but those to which somebody sent apologies."""
    readers = [pk for pk, each in choices.items() if _any(each, "meeting_week", "meeting_day")]
    sets = Membership.objects.seated().filter(person__in=readers).values("learning_set")
    coming = Meeting.objects.coming(at=at).filter(
        learning_set__in=sets,
        starts_at__gt=at,
        starts_at__lte=at + AHEAD,
        learning_set__closed_at=None,
    )
    found = list(coming.select_related("learning_set"))
    pairs = [pair for pair in expected(found) if pair[1].pk in weeks and pair[1].pk in readers]
    urls = answering_links.urls(pairs, at=at)
    said = Reply.objects.filter(meeting__in=found).values_list("meeting_id", "person_id", "answer")
    answers = {(meeting, person): answer for meeting, person, answer in said}
    asked = asking_to_prepare.asking(found, readers, at=at)
    for meeting, person in pairs:
        key = (meeting.id, person.pk)
        prepares = key in asked and choices[person.pk].gathers("preparation")
        prepare = _url("actions:prepare", meeting.id) if prepares else ""
        weeks[person.pk].meetings.append((meeting, answers.get(key, ""), urls[key], prepare))


def _put_polls(weeks: dict[UUID, Week], choices: dict[UUID, Choices], at: datetime) -> None:
    """The polls with a date still to come, perhaps added since, that the reader has not answered."""
    readers = [pk for pk, each in choices.items() if each.gathers("poll")]
    seats = Membership.objects.seated().filter(person__in=readers)
    polls = Poll.objects.taking_answers(at=at).filter(learning_set__in=seats.values("learning_set"))
    by_set = {poll.learning_set_id: poll for poll in polls.select_related("learning_set")}
    dates: dict[UUID, set[UUID]] = {poll.pk: set() for poll in by_set.values()}
    coming = PollDate.objects.filter(poll__in=dates, starts_at__gt=at)
    for poll_id, date_id in coming.values_list("poll", "pk"):
        dates[poll_id].add(date_id)
    answered: dict[UUID, set[UUID]] = {person: set() for person in readers}
    given = PollAnswer.objects.filter(date__in=coming, person__in=readers)
    for person, date_id in given.values_list("person", "date"):
        answered[person].add(date_id)
    pairs = seats.filter(learning_set__in=by_set).values_list("learning_set_id", "person_id")
    waiting = [
        (by_set[each], person)
        for each, person in pairs
        if dates[by_set[each].pk] - answered[person]
    ]
    wanted = {(person, poll.pk): poll.closes_at for poll, person in waiting}
    tokens = linking.keep_all("poll", wanted, at=at)
    for poll, person in waiting:
        weeks[person].polls.append((poll, _url("meetings:poll-by-link", tokens[person, poll.pk])))


def _put_actions(
    weeks: dict[UUID, Week], days: dict[UUID, date], choices: dict[UUID, Choices], at: datetime
) -> None:
    """Own open actions: due within a week, or before; and those decided in the week that was."""
    kinds = ("action_due", "action_overdue", "after_meeting")
    readers = [pk for pk, each in choices.items() if _any(each, *kinds)]
    rows = Action.objects.open().filter(owner__in=readers).order_by("due_on", "decided_at")
    told = [row for row in rows if _is_told(row, days[row.owner_id], choices[row.owner_id], at)]
    urls = update_links.urls(told, at=at)
    for row in told:
        weeks[row.owner_id].actions.append((row, urls[row.id]))


def _is_told(row: Action, today: date, choice: Choices, at: datetime) -> bool:
    if row.decided_at > at - BEFORE and choice.gathers("after_meeting"):
        return True
    if row.due_on is None or row.due_on > today + BEFORE:
        return False
    return choice.gathers("action_due" if row.due_on >= today else "action_overdue")


def _any(choice: Choices, *kinds: str) -> bool:
    return any(choice.gathers(kind) for kind in kinds)


def _url(name: str, argument: object) -> str:
    return settings.SETWISE_ORIGIN + reverse(name, args=[argument])
