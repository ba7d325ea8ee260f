"""Preparing for a meeting: in private, nothing required, erased once it has served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from setwise.actions.models import Action, Preparation, PreparedAction
from setwise.meetings.models import Meeting
from setwise.meetings.scheduling import NotChangeable
from setwise.people import reminding
from setwise.people.models import Person
from setwise.sets.agreeing import current_settings
from setwise.sets.seats import Seat
from setwise.vault.sealing import keys_at_hand

KEPT = timedelta(days=7)  # after the meeting's end, so long its preparation is kept
WORDS = ("issue", "why_now", "success", "willing")
TOLD = ("state", "happened", "learned")


@dataclass(frozen=True, slots=True)
class Told:
    """How an action went, thought of beforehand. `state` is one of those that can be told, or ''."""

    state: str = ""
    happened: str = ""
    learned: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What somebody prepared for one meeting; only they ever read it."""

    issue: str = ""
    why_now: str = ""
    success: str = ""
    willing: str = ""
    actions: Mapping[UUID, Told] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        own = (self.issue, self.why_now, self.success, self.willing)
        return any(own) or any(told != Told() for told in self.actions.values())


class NotPrepared(Exception):
    """The ground rules leave preparation out."""


@transaction.atomic
def prepare(seat: Seat, meeting: Meeting, prepared: Prepared, *, at: datetime) -> None:
    """Keep what a member prepared, in place of what they wrote before. Nothing in it is required.

    Raises NotPrepared where the rules in force leave it out, NotChangeable once the meeting is
    cancelled or over.
    """
    row = _own(seat, meeting, at=at)
    for name in WORDS:
        row.seal(name, getattr(prepared, name))
    row.written_at, row.skipped_at = (at if prepared.any else None), None
    row.save()
    reminding.withdraw(seat.person.id, about=meeting.id, kind="preparation")
    row.actions.all().delete()
    for action_id, told in prepared.actions.items():
        if told != Told():
            kept = PreparedAction(preparation=row, action_id=action_id, key_id=row.key_id)
            for name in TOLD:
                kept.seal(name, getattr(told, name))
            kept.save(force_insert=True)


@transaction.atomic
def skip(seat: Seat, meeting: Meeting, *, at: datetime) -> None:
    """Say *not this time*: nobody is told, and Setwise asks no more. What was written stays."""
    row = _own(seat, meeting, at=at)
    row.skipped_at = at
    row.save()
    reminding.withdraw(seat.person.id, about=meeting.id, kind="preparation")


def erase(person: Person, meeting: Meeting) -> None:
    """Erase what one wrote. That they were asked stays: they are asked once a meeting."""
    rows = Preparation.objects.filter(meeting=meeting, person=person)
    PreparedAction.objects.filter(preparation__in=rows).delete()
    rows.update(**{f"{name}_sealed": None for name in WORDS}, written_at=None)


def prepared_by(person: Person, meeting: Meeting | UUID) -> Prepared:
    """What the person prepared for the meeting, opened; empty where they wrote nothing."""
    row = Preparation.objects.visible_to(person).filter(meeting=meeting).first()
    if row is None or row.written_at is None:
        return Prepared()
    with keys_at_hand([row.key_id]):
        told = {
            each.action_id: Told(*(each.words(name) for name in TOLD)) for each in row.actions.all()
        }
        words = {name: row.words(name) for name in WORDS}
        return Prepared(**words, actions=told)


def to_prepare(person: Person, meeting: Meeting) -> list[Action]:
    """The person's actions that the meeting's progress step will ask about, the oldest first."""
    own = Action.objects.filter(owner=person).to_tell_at(meeting)
    return list(own.order_by("decided_at"))


def erase_served(*, at: datetime) -> int:
    """Erase the preparations of meetings that ended a week ago; returns how many."""
    served = Preparation.objects.filter(meeting__ends_at__lt=at - KEPT)
    count = served.count()
    if count:
        served.delete()
    return count


def _own(seat: Seat, meeting: Meeting, *, at: datetime) -> Preparation:
    """The member's row for the meeting, locked, or a new one that is not saved yet."""
    seat.must(seat.is_member, "Members prepare: they are who brings issues.")
    # the meeting is locked, not the row, which may not be there yet: two of one's tabs are two turns
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.cancelled_at or meeting.ends_at <= at:
        raise NotChangeable
    if not current_settings(seat.learning_set).prepares:
        raise NotPrepared
    own = Preparation.objects.filter(meeting=meeting, person=seat.person)
    return own.first() or Preparation(
        meeting=meeting, person=seat.person, key_id=seat.person.key_id
    )
