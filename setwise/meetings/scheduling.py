"""Fixing, moving and cancelling a meeting. Each tells the others in the set by e-mail."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from setwise.meetings import answering_links, changes, coming_up, mail, too_few_mail
from setwise.meetings.models import Meeting, Reply
from setwise.people import linking
from setwise.people.models import Person
from setwise.sets.models import LearningSet, Membership
from setwise.sets.seats import Seat


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where: `starts_at` is aware, `minutes` the length, `zone` the place's time zone."""

    starts_at: datetime
    zone: str
    minutes: int
    title: str = ""
    place: str = ""
    link: str = ""


class NotChangeable(Exception):
    """The meeting was cancelled, or is over: its date can be changed no more."""


def may_change(seat: Seat, meeting: Meeting) -> bool:
    """The facilitator and whoever arranged it may; anyone in the set where nobody facilitates."""
    return meeting.id in changeable(seat.person, [meeting])


def changeable(person: Person, meetings: Collection[Meeting]) -> set[UUID]:
    """Of these meetings of the person's sets, the ids of those that they may change."""
    sets = {meeting.learning_set_id for meeting in meetings}
    seats = Membership.objects.facilitating().filter(learning_set__in=sets)
    facilitators = dict(seats.values_list("learning_set_id", "person_id"))
    return {
        meeting.id
        for meeting in meetings
        if meeting.arranged_by_id == person.id
        or facilitators.get(meeting.learning_set_id, person.id) == person.id
    }


def last_fixed(learning_set: LearningSet) -> Meeting | None:
    """The set's meeting that was fixed last and still stands: most sets meet where they met."""
    standing = Meeting.objects.filter(learning_set=learning_set, cancelled_at=None)
    return standing.order_by("-arranged_at", "-starts_at").first()


@transaction.atomic
def fix(seat: Seat, *, plan: Plan, at: datetime, quietly: bool = False) -> Meeting:
    """Fix a meeting of the seat's set. Any seat may: sets agree their times themselves.

    Whoever fixes it is taken to be coming. The others in the set are told by e-mail, unless
    `quietly`: then the caller tells them, and holds what keeps a second press out. The same form
    sent twice, or by two presses at once, fixes one meeting.
    """
    seat.must_go_on()
    if not quietly:
        LearningSet.objects.select_for_update(no_key=True).get(pk=seat.learning_set.pk)
    mine = Meeting.objects.filter(learning_set=seat.learning_set, arranged_by=seat.person)
    for earlier in mine.filter(starts_at=plan.starts_at, cancelled_at=None):
        if _same(earlier, plan):
            return earlier
    meeting = Meeting(
        learning_set=seat.learning_set, arranged_by=seat.person, arranged_at=at, zone=plan.zone
    )
    _apply(meeting, plan)
    meeting.save(force_insert=True)
    if seat.is_member:
        Reply.objects.create(meeting=meeting, person=seat.person, answer="yes", answered_at=at)
    if not quietly:
        mail.fixed(meeting, by=seat.person)
    return meeting


@transaction.atomic
def move(seat: Seat, meeting: Meeting, *, plan: Plan, at: datetime) -> Meeting:
    """Change when or where. A new time asks everyone again; a new place alone keeps the answers.

    Raises PermissionDenied for whoever may not, NotChangeable once it is cancelled or over.
    """
    meeting = _locked(seat, meeting, at)
    if _same(meeting, plan):
        return meeting
    was = copy(meeting)
    _apply(meeting, plan)
    meeting.sequence += 1
    if changes.asks_again(was, meeting):
        meeting.replies.exclude(person=seat.person).delete()
        too_few_mail.withdraw(meeting)
        meeting.goes_ahead_at, meeting.asked_sequence = None, meeting.sequence
        meeting.moved_at = at
    meeting.save()
    coming_up.changed(was)
    mail.moved(meeting, was=was, by=seat.person)
    return meeting


@transaction.atomic
def cancel(seat: Seat, meeting: Meeting, *, at: datetime) -> Meeting:
    """Cancel it and tell the others. Cancelling twice is one cancellation and one e-mail."""
    seat.must(may_change(seat, meeting), "Only whoever arranged the meeting may cancel it.")
    cancelled = Meeting.objects.filter(pk=meeting.pk, cancelled_at=None, ends_at__gt=at).update(
        cancelled_at=at, sequence=F("sequence") + 1
    )
    meeting.refresh_from_db()
    if cancelled:
        coming_up.changed(meeting)
        linking.end(answering_links.PURPOSE, about=meeting.pk)
        too_few_mail.withdraw(meeting)
        mail.cancelled(meeting, by=seat.person)
    elif meeting.cancelled_at is None:
        raise NotChangeable
    return meeting


def _locked(seat: Seat, meeting: Meeting, at: datetime) -> Meeting:
    seat.must(may_change(seat, meeting), "Only whoever arranged the meeting may move it.")
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.cancelled_at or locked.ends_at <= at:
        raise NotChangeable
    return locked


def _apply(meeting: Meeting, plan: Plan) -> None:
    meeting.set_time(plan.starts_at, plan.minutes)
    meeting.zone, meeting.title = plan.zone, plan.title
    meeting.place, meeting.link = plan.place, plan.link


def _same(meeting: Meeting, plan: Plan) -> bool:
    return plan == Plan(
        meeting.starts_at,
        meeting.zone,
        meeting.minutes,
        meeting.title,
        meeting.place,
        meeting.link,
    )
