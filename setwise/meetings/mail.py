"""What a set is told about its meetings: when and where, in the reader's own zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from setwise.meetings import changes, rotating
from setwise.meetings.models import Meeting
from setwise.people.mailing import post
from setwise.people.models import Person
from setwise.sets.models import Membership


def fixed(meeting: Meeting, *, by: Person | None) -> None:
    """Tell the others; everyone where `by` is None, since all have said yes to its date."""
    _tell_the_others("fixed", meeting, by)


def moved(meeting: Meeting, *, was: Meeting, by: Person) -> None:
    """Tell what changed since `was`, the same meeting as it stood before."""
    _tell_the_others("moved", meeting, by, was)


def cancelled(meeting: Meeting, *, by: Person) -> None:
    _tell_the_others("cancelled", meeting, by)


def welcome(membership: Membership, *, at: datetime) -> None:
    """Tell somebody who joined when and where they meet next."""
    person, learning_set = membership.person, membership.learning_set
    coming = learning_set.meetings.coming(at=at).filter(starts_at__gt=at).first()
    facts = _facts(coming, person) | {"turn": _turn(coming)} if coming else {}
    post(
        key=f"welcome:{membership.id}",
        to=person,
        template="meetings/email/welcome",
        context={"url": _url("today:set", learning_set.id), "learning_set": learning_set} | facts,
    )


def relieved(meeting: Meeting, *, relieved: Person, by: Person, at: datetime) -> None:
    """Tell whoever was to chair that somebody else does."""
    post(
        key=f"meeting-chair:{meeting.id}:{relieved.id}:{at.isoformat()}",
        to=relieved,
        template="meetings/email/relieved",
        context={"by": by} | _facts(meeting, relieved),
    )


def _tell_the_others(
    news: str, meeting: Meeting, by: Person | None, was: Meeting | None = None
) -> None:
    """Post one letter to each person in the set but whoever did it, in the caller's transaction."""
    turn = None if news == "cancelled" else _turn(meeting)
    coming = set(meeting.replies.filter(answer="yes").values_list("person_id", flat=True))
    seats = Membership.objects.seated().filter(learning_set=meeting.learning_set_id)
    for membership in seats.exclude(person=by).select_related("person"):
        person = membership.person
        context = {"by": by, "turn": turn, "coming": person.id in coming}
        context |= _facts(meeting, person)
        if was:
            context["changes"] = changes.between(was, meeting, zone=person.zone)
            context["asked_again"] = changes.asks_again(was, meeting)
        if news == "cancelled":
            context["url"] = _url("today:set", meeting.learning_set_id)
        post(
            key=f"meeting-{news}:{meeting.id}:{meeting.sequence}:{person.id}",
            to=person,
            template=f"meetings/email/{news}",
            context=context,
        )


def _turn(meeting: Meeting) -> object:
    """Who chairs it, where nobody facilitates."""
    return rotating.chairs([meeting], at=timezone.now()).get(meeting.id)


def _facts(meeting: Meeting, reader: Person) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "learning_set": meeting.learning_set,
        "reader": reader,
        "elsewhere": reader.zone != meeting.zone,
        "url": _url("meetings:meeting", meeting.id),
    }


def _url(name: str, pk: object) -> str:
    return settings.SETWISE_ORIGIN + reverse(name, args=[pk])
