"""A private address from which somebody's own calendar reads all their meetings."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from setwise.meetings import calendar
from setwise.meetings.models import CalendarFeed, Meeting, Reply
from setwise.people import linking
from setwise.people.models import Person

PURPOSE = "calendar"
BACK = timedelta(days=30)  # for how long a meeting that is over, or cancelled, is still told
LOOKS = 20  # at one address in a minute; a calendar looks once an hour


@dataclass(frozen=True, slots=True)
class Feed:
    ics: bytes
    etag: str
    changed_at: datetime


def address(person: Person, *, at: datetime) -> str:
    """The person's address as it is; "" where they have none."""
    return _url(linking.kept(PURPOSE, person=person, about=person.pk, at=at))


def renew(person: Person, *, at: datetime) -> str:
    """A new address; the one before is dead from now on."""
    return _url(linking.renew(PURPOSE, person=person, about=person.pk, at=at, dies_at=None))


def stop(person: Person) -> None:
    """No address any more, and nothing remembered of what it told."""
    linking.end(PURPOSE, about=person.pk)
    CalendarFeed.objects.filter(person=person).delete()


def read(token: str, *, at: datetime) -> Feed | None:
    """What the address holds now: the meetings of the sets its person may enter; None if it is dead.

    A meeting that was cancelled is told as such for a month, since some calendars drop nothing that
    is merely missing.
    """
    link = linking.find(PURPOSE, token, at=at)
    if link is None:
        return None
    rows = Meeting.objects.visible_to(link.person).filter(
        Q(cancelled_at=None) | Q(cancelled_at__gt=at - BACK), ends_at__gt=at - BACK
    )
    meetings = list(rows.select_related("learning_set").order_by("starts_at", "id"))
    away = Reply.objects.filter(meeting__in=meetings, person=link.person, answer="apologies")
    ics = calendar.published(meetings, apologies=set(away.values_list("meeting_id", flat=True)))
    digest = hashlib.sha256(ics).hexdigest()
    return Feed(ics, f'"{digest}"', _since(link.person, digest, at))


def _since(person: Person, digest: str, at: datetime) -> datetime:
    """When it became what it is, as far as was seen; written only when it has changed."""
    known = CalendarFeed.objects.filter(person=person).first()
    if known and known.digest == digest:
        return known.changed_at
    CalendarFeed.objects.update_or_create(
        person=person, defaults={"digest": digest, "changed_at": at}
    )
    return at


def _url(token: str) -> str:
    return token and settings.SETWISE_ORIGIN + reverse("meetings:feed", args=[token])


class Limit:
    """At most so many looks at one address in a minute, of this process; it costs no query."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute, self._looks = 0, Counter[str]()

    def allows(self, token: str) -> bool:
        minute = int(time.monotonic() // 60)
        with self._lock:
            if minute != self._minute:
                self._minute, self._looks = minute, Counter()
            self._looks[token.lower()[: linking.LENGTH]] += 1
            return self._looks[token.lower()[: linking.LENGTH]] <= LOOKS


limit = Limit()
