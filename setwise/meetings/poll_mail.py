"""What a set is told about a poll: the dates in the reader's own zone, and never a note's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from setwise.meetings.convening import convenor
from setwise.meetings.models import Poll, PollDate
from setwise.meetings.ranking import Ranked
from setwise.meetings.standing import Standing
from setwise.outbox.posting import withdraw as withdraw_letters
from setwise.people import linking, reminding
from setwise.people.mailing import post
from setwise.people.models import Person
from setwise.people.reminding import Reminder
from setwise.sets.models import Membership

REPLIES = timedelta(days=14)  # after the deadline a reply still reaches the convenor
SHOWN = 5  # dates in the convenor's letter; the page has them all


def opened(poll: Poll, *, by: Person, at: datetime) -> None:
    """Ask everyone else in the set."""
    people = [each for each in _people(poll) if each != by]
    urls, context = _links(poll, people, at=at), _dates(poll, at=at)
    for person in people:
        post(
            key=f"poll-opened:{poll.id}:{person.id}",
            to=person,
            template="meetings/email/poll_opened",
            context=context | _mine(poll, person, urls) | {"by": by, "reader": person},
            expires_at=poll.closes_at,
            reply_to=_reply_to(poll, person, at=at),
        )


def again(poll: Poll, asked: Sequence[Reminder[Poll]], *, at: datetime) -> int:
    """Ask these once more; returns how many letters were posted. Links sent before end."""
    people = [each.person for each in asked]
    urls, context = _links(poll, people, at=at), _dates(poll, at=at)
    return reminding.post(
        asked,
        template="meetings/email/poll_again",
        contexts={each.key: context | _mine(poll, each.person, urls) for each in asked},
        replies={each.key: _reply_to(poll, each.person, at=at) for each in asked},
        at=at,
    )


def closed(poll: Poll, standing: Standing, *, at: datetime) -> None:
    """Tell the convenor how the dates stand."""
    if reader := convenor(poll, at=at):
        left = standing.best is not None
        context = {
            "missing": ", ".join(map(str, standing.missing)),
            "ranked": _leading(standing) if left else [],
            "series": len(standing.by_occurrence) > 1,
            "url": _url("meetings:poll", poll.id)
            if left
            else _url("meetings:find", poll.learning_set_id),
        }
        _post("closed", poll, reader, str(reader.id), context)


def _leading(standing: Standing) -> list[tuple[PollDate, Ranked]]:
    """The first dates; of a series, the one that stands first for each of its meetings."""
    each = list(standing.by_occurrence.values())
    return [ranked[0] for ranked in each] if len(each) > 1 else standing.dates[:SHOWN]


def cancelled(poll: Poll, *, by: Person) -> None:
    """Tell everyone else that the dates are theirs again."""
    url = _url("today:set", poll.learning_set_id)
    for person in _people(poll):
        if person != by:
            _post("cancelled", poll, person, str(person.id), {"by": by, "url": url})


def withdraw(poll: Poll) -> None:
    """End what still asks for an answer to a poll that takes none any more: letters and links."""
    withdraw_letters(key_prefix=f"poll-opened:{poll.id}:")
    for person in _people(poll):
        reminding.withdraw(person.pk, about=poll.pk)
    linking.end("poll", about=poll.pk)


def comment(poll: Poll, *, by: Person, at: datetime) -> None:
    """Tell the convenor, once for each author, that there is a note; its words stay on the page."""
    reader = convenor(poll, at=at)
    if reader and reader != by:
        context = {"by": by, "url": _url("meetings:poll", poll.id)}
        _post("comment", poll, reader, f"{by.id}:{reader.id}", context)


def _people(poll: Poll) -> list[Person]:
    seats = Membership.objects.seated().filter(learning_set=poll.learning_set_id)
    return [seat.person for seat in seats.select_related("person")]


def _dates(poll: Poll, *, at: datetime) -> dict[str, Any]:
    dates = list(poll.dates.filter(starts_at__gt=at).order_by("starts_at"))
    return {
        "poll": poll,
        "learning_set": poll.learning_set,
        "dates": dates,
        "series": len({date.occurrence for date in dates}) > 1,
        "places": list(poll.places.order_by("place", "link")),
        "convenor": convenor(poll, at=at),
        "by_answer": bool(settings.SETWISE_REPLY_ADDRESS),
    }


def _mine(poll: Poll, person: Person, urls: Mapping[UUID, str]) -> dict[str, Any]:
    return {"elsewhere": person.zone != poll.zone, "url": urls[person.pk]}


def _links(poll: Poll, people: Sequence[Person], *, at: datetime) -> dict[UUID, str]:
    """New links by person; those sent before end."""
    wanted = {(person.pk, poll.pk): poll.closes_at for person in people}
    tokens = linking.renew_all("poll", wanted, at=at)
    return {pk: _url("meetings:poll-by-link", token) for (pk, _), token in tokens.items()}


def _reply_to(poll: Poll, person: Person, *, at: datetime) -> str:
    """Where a reply in words goes: it is a note to the convenor, also just after the poll closed."""
    dies_at = poll.closes_at + REPLIES
    return linking.reply_address("reply-poll", person=person, about=poll.pk, at=at, dies_at=dies_at)


def _post(news: str, poll: Poll, reader: Person, name: str, context: dict[str, Any]) -> None:
    post(
        key=f"poll-{news}:{poll.id}:{name}",
        to=reader,
        template=f"meetings/email/poll_{news}",
        context=context | {"poll": poll, "learning_set": poll.learning_set, "reader": reader},
    )


def _url(name: str, pk: object) -> str:
    return settings.SETWISE_ORIGIN + reverse(name, args=[pk])
