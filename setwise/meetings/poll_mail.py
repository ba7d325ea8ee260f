"""What a set is told about a poll: the dates in the reader's own zone, and never a note's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from setwise.meetings.convening import convenor
from setwise.meetings.models import Poll
from setwise.meetings.standing import Standing
from setwise.outbox.posting import post
from setwise.outbox.posting import withdraw as withdraw_letters
from setwise.people import linking
from setwise.people.models import Person
from setwise.sets.models import Membership

SHOWN = 5  # dates in the convenor's letter; the page has them all


def opened(poll: Poll, *, by: Person, at: datetime) -> None:
    """Ask everyone else in the set."""
    seats = Membership.objects.seated().filter(learning_set=poll.learning_set_id)
    others = [seat.person for seat in seats.exclude(person=by).select_related("person")]
    _ask("opened", poll, others, at=at, by=by)


def again(poll: Poll, people: Sequence[Person], *, time: int, at: datetime) -> None:
    """Ask these once more, for the first or the second `time`."""
    _ask("again", poll, people, at=at, time=time)


def closed(poll: Poll, standing: Standing, *, at: datetime) -> None:
    """Tell the convenor how the dates stand."""
    if reader := convenor(poll, at=at):
        left = standing.best is not None
        context = {
            "missing": standing.missing,
            "ranked": standing.dates[:SHOWN] if left else [],
            "url": _url("meetings:poll", poll.id)
            if left
            else _url("meetings:find", poll.learning_set_id),
        }
        _post("closed", poll, reader, str(reader.id), context)


def cancelled(poll: Poll, *, by: Person) -> None:
    """Tell everyone else that the dates are theirs again."""
    url = _url("today:set", poll.learning_set_id)
    seats = Membership.objects.seated().filter(learning_set=poll.learning_set_id)
    for seat in seats.exclude(person=by).select_related("person"):
        _post("cancelled", poll, seat.person, str(seat.person_id), {"by": by, "url": url})


def withdraw(poll: Poll) -> None:
    """End what still asks for an answer to a poll that takes none any more: letters and links."""
    for news in ("opened", "again"):
        withdraw_letters(key_prefix=f"poll-{news}:{poll.id}:")
    linking.end("poll", about=poll.pk)


def comment(poll: Poll, *, by: Person, at: datetime) -> None:
    """Tell the convenor, once for each author, that there is a note; its words stay on the page."""
    reader = convenor(poll, at=at)
    if reader and reader != by:
        context = {"by": by, "url": _url("meetings:poll", poll.id)}
        _post("comment", poll, reader, f"{by.id}:{reader.id}", context)


def _ask(news: str, poll: Poll, people: Sequence[Person], *, at: datetime, **more: Any) -> None:
    context = more | {
        "dates": list(poll.dates.filter(starts_at__gt=at).order_by("starts_at")),
        "places": list(poll.places.order_by("place", "link")),
    }
    wanted = {(person.pk, poll.pk): poll.closes_at for person in people}
    tokens = linking.keep_all("poll", wanted, at=at)
    for person in people:
        url = _url("meetings:poll-by-link", tokens[person.pk, poll.pk])
        name = f"{person.id}:{more.get('time', 0)}"
        mine = {"elsewhere": person.zone != poll.zone, "url": url}
        _post(news, poll, person, name, context | mine, expires_at=poll.closes_at)


def _post(
    news: str,
    poll: Poll,
    reader: Person,
    name: str,
    context: dict[str, Any],
    expires_at: datetime | None = None,
) -> None:
    post(
        key=f"poll-{news}:{poll.id}:{name}",
        to=reader,
        template=f"meetings/email/poll_{news}",
        context=context | {"poll": poll, "learning_set": poll.learning_set, "reader": reader},
        expires_at=expires_at,
    )


def _url(name: str, pk: object) -> str:
    return settings.SETWISE_ORIGIN + reverse(name, args=[pk])
