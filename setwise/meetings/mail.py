"""What a set is told about its meetings: when and where, in the reader's own zone and calendar."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from setwise.meetings import answering_links, calendar_entries, changes, rotating
from setwise.meetings.calendar_entries import Sent
from setwise.meetings.models import CalendarEntry, Meeting
from setwise.outbox import posting
from setwise.people.mailing import post
from setwise.people.models import Person
from setwise.sets.models import Membership

ASKING = ("fixed", "moved", "invited", "welcome")  # their link says yes or apologies by itself


def fixed(meeting: Meeting, *, by: Person | None) -> None:
    """Tell everyone, also whoever fixed it; `by` is None where all have said yes to its date."""
    _tell_everyone("fixed", meeting, by)


def moved(meeting: Meeting, *, was: Meeting, by: Person) -> None:
    """Tell what changed since `was`, the same meeting as it stood before."""
    _tell_everyone("moved", meeting, by, was)


def cancelled(meeting: Meeting, *, by: Person) -> None:
    _tell_everyone("cancelled", meeting, by)


def invited(meeting: Meeting, people: Collection[Person], *, at: datetime) -> None:
    """Bring these people's calendars up to date, in the caller's transaction.

    For whoever was told in another letter already, or could not enter when the others were told.
    """
    turn, news = _turn(meeting), "cancelled" if meeting.cancelled_at else "invited"
    coming, sent = _coming(meeting), calendar_entries.write(meeting, people, at=at)
    for person in people:
        key = f"meeting-invited:{meeting.id}:{meeting.sequence}:{at.isoformat()}:{person.id}"
        context = {"turn": turn, "coming": person.id in coming} | _facts(meeting, person)
        _post(key, news, context, sent[person.id])


def left(entry: CalendarEntry, *, at: datetime) -> bool:
    """Take a meeting out of the calendar of somebody who left the set, in the caller's transaction.

    Returns False where another worker did.
    """
    sent = calendar_entries.take_out(entry, at=at)
    if sent is None:
        return False
    for news in ("fixed", "moved", "invited"):  # one that still waits would put it in again
        name = f"meeting-{news}:{entry.meeting_id}:"
        posting.withdraw(key_prefix=name, key_suffix=f":{entry.person_id}")
    _post(f"meeting-left:{entry.id}", "left", _facts(entry.meeting, entry.person), sent)
    return True


def welcome(membership: Membership, *, at: datetime) -> None:
    """Tell somebody who joined when and where they meet next, and invite them to all that is fixed."""
    person, learning_set = membership.person, membership.learning_set
    coming = list(learning_set.meetings.coming(at=at).filter(starts_at__gt=at))
    facts: dict[str, Any] = {"learning_set": learning_set, "reader": person}
    facts["url"] = _url("today:set", learning_set.id)
    sent = None
    if coming:
        facts |= _facts(coming[0], person) | {"turn": _turn(coming[0])}
        sent = calendar_entries.write(coming[0], [person], at=at)[person.id]
    _post(f"welcome:{membership.id}", "welcome", facts, sent)
    for meeting in coming[1:]:
        invited(meeting, [person], at=at)


def relieved(meeting: Meeting, *, relieved: Person, by: Person, at: datetime) -> None:
    """Tell whoever was to chair that somebody else does."""
    key = f"meeting-chair:{meeting.id}:{relieved.id}:{at.isoformat()}"
    _post(key, "relieved", {"by": by} | _facts(meeting, relieved))


def _tell_everyone(
    news: str, meeting: Meeting, by: Person | None, was: Meeting | None = None
) -> None:
    """Post one letter to each person in the set, in the caller's transaction."""
    turn = None if news == "cancelled" else _turn(meeting)
    coming = _coming(meeting)
    seats = Membership.objects.seated().filter(learning_set=meeting.learning_set_id)
    people = [seat.person for seat in seats.select_related("person")]
    sent = calendar_entries.write(meeting, people, at=timezone.now())
    for person in people:
        context = {"by": by, "turn": turn, "coming": person.id in coming}
        context |= _facts(meeting, person)
        if was:
            context["changes"] = changes.between(was, meeting, zone=person.zone)
            context["asked_again"] = changes.asks_again(was, meeting)
        key = f"meeting-{news}:{meeting.id}:{meeting.sequence}:{person.id}"
        _post(key, news, context, sent[person.id])


def _post(key: str, news: str, context: Mapping[str, Any], sent: Sent | None = None) -> None:
    filled = {**context, "by_calendar": bool(sent and sent.reply_to)}
    if news in ASKING and "meeting" in context:
        meeting, reader = context["meeting"], context["reader"]
        filled["url"] = answering_links.url(meeting, reader, at=timezone.now())
    post(
        key=key,
        to=context["reader"],
        template=f"meetings/email/{news}",
        context=filled,
        reply_to=sent.reply_to if sent else "",
        calendar=sent.part if sent else None,
    )


def _coming(meeting: Meeting) -> set[UUID]:
    return set(meeting.replies.filter(answer="yes").values_list("person_id", flat=True))


def _turn(meeting: Meeting) -> object:
    """Who chairs it, where nobody facilitates."""
    return rotating.chairs([meeting], at=timezone.now()).get(meeting.id)


def _facts(meeting: Meeting, reader: Person) -> dict[str, Any]:
    set_home = _url("today:set", meeting.learning_set_id)
    return {
        "meeting": meeting,
        "learning_set": meeting.learning_set,
        "reader": reader,
        "elsewhere": reader.zone != meeting.zone,
        # what is cancelled has no page worth opening
        "url": set_home if meeting.cancelled_at else _url("meetings:meeting", meeting.id),
    }


def _url(name: str, pk: object) -> str:
    return settings.SETWISE_ORIGIN + reverse(name, args=[pk])
