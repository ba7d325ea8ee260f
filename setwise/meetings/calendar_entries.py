"""Whose own calendar holds which meeting: it follows the seats, and each change of the meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from setwise.meetings import calendar
from setwise.meetings.models import CalendarEntry, Meeting
from setwise.outbox.posting import CalendarPart
from setwise.people import linking
from setwise.people.models import Person
from setwise.sets.models import Membership

REPLY = "reply-meeting"  # the purpose of the address that a calendar answers to


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes with a letter into one person's calendar, and where their calendar answers to."""

    part: CalendarPart
    reply_to: str


def write(meeting: Meeting, people: Collection[Person], *, at: datetime) -> Mapping[UUID, Sent]:
    """An invitation for each, or, once the meeting is cancelled, its cancellation; by person.

    Call in the transaction that posts them: it is noted whose calendar now holds what.
    """
    answers = dict(meeting.replies.values_list("person_id", "answer"))
    addresses = _addresses(meeting, people, at=at)
    make = calendar.cancel if meeting.cancelled_at else calendar.request
    sent = {}
    for person in people:
        answer, address = answers.get(person.id, ""), addresses[person.id]
        part = make(meeting, person, answer=answer, reply_to=address, at=at)
        sent[person.id] = Sent(part, address)
    _note(meeting, people)
    return sent


def take_out(entry: CalendarEntry, *, at: datetime) -> Sent | None:
    """The cancellation for somebody who left the set, and an end to their answering; None if done.

    Call in the transaction that posts it. Of two workers one takes it.
    """
    deleted, _ = CalendarEntry.objects.filter(pk=entry.pk).delete()
    if not deleted:
        return None
    meeting, person = entry.meeting, entry.person
    address = _addresses(meeting, [person], at=at)[person.id]
    linking.end(REPLY, about=meeting.id, person=person)
    part = calendar.cancel(meeting, person, answer="", reply_to=address, at=at)
    return Sent(part, address)


def of_the_gone(*, at: datetime) -> QuerySet[CalendarEntry]:
    """Entries of coming meetings in calendars of people who are in the set no more."""
    seats = Membership.objects.filter(
        learning_set=OuterRef("meeting__learning_set"), person=OuterRef("person")
    )
    untold = Q(meeting__cancelled_at=None) | Q(sequence__lt=F("meeting__sequence"))
    coming = CalendarEntry.objects.filter(untold, meeting__ends_at__gt=at)
    gone = coming.filter(~Exists(seats.current()))
    return gone.select_related("meeting__learning_set", "person")


def behind(meeting: Meeting) -> list[Person]:
    """Who may enter and whose calendar does not hold the meeting as it stands."""
    entries = CalendarEntry.objects.filter(meeting=meeting, sequence=meeting.sequence)
    if not meeting.cancelled_at:  # a new address has a calendar of its own
        entries = entries.filter(Q(email="") | Q(email=F("person__email")))
    held = CalendarEntry.objects.filter(meeting=meeting).values("person")
    seats = Membership.objects.seated().filter(learning_set=meeting.learning_set_id)
    if meeting.cancelled_at:
        seats = seats.filter(person__in=held)  # it never was in the others'
    missing = seats.exclude(person__in=entries.values("person")).select_related("person")
    return [seat.person for seat in missing]


def with_people_behind(*, at: datetime) -> QuerySet[Meeting]:
    """Coming meetings that calendars were sent, where some that should hold it do not as it stands.

    So it is with whoever was suspended meanwhile, took a seat without an invitation, or has another
    address now.
    """
    seats = Membership.objects.seated().filter(learning_set=OuterRef("learning_set"))
    theirs = CalendarEntry.objects.filter(
        meeting=OuterRef(OuterRef("pk")), person=OuterRef("person")
    )
    old = theirs.filter(sequence__lt=OuterRef(OuterRef("sequence")))
    held = Exists(CalendarEntry.objects.filter(meeting=OuterRef("pk")))
    elsewhere = theirs.exclude(email="").exclude(email=OuterRef("person__email"))
    lacking = seats.filter(~Exists(theirs) | Exists(elsewhere))
    missing = Q(held, Exists(lacking), cancelled_at=None)
    stale = Q(Exists(seats.filter(Exists(old))))
    return Meeting.objects.filter(missing | stale, ends_at__gt=at).select_related("learning_set")


def _note(meeting: Meeting, people: Collection[Person]) -> None:
    rows = [
        CalendarEntry(meeting=meeting, person=person, sequence=meeting.sequence, email=person.email)
        for person in people
    ]
    CalendarEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["meeting", "person"],
        update_fields=["sequence", "email"],
    )


def _addresses(meeting: Meeting, people: Collection[Person], *, at: datetime) -> dict[UUID, str]:
    """By person, where their answers to this meeting go; "" where no mail comes in."""
    wanted = {(person.pk, meeting.pk): meeting.ends_at for person in people}
    made = linking.reply_addresses(REPLY, wanted, at=at)
    return {person.pk: made[person.pk, meeting.pk] for person in people}
