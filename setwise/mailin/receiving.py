"""One message that came in, handled once: what it becomes and that it came are one transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import DatabaseError, DataError, transaction

from setwise.mailin import dispatching, limiting
from setwise.mailin.models import Arrival
from setwise.mailin.models.arrival import digest as digest_of
from setwise.mailin.reading import Incoming, read
from setwise.people import linking

GIVE_UP = timedelta(days=2)  # as mail servers do
REMEMBERED = timedelta(days=90)
COUNTED = timedelta(days=1)  # how long it is known that two messages are of one writer
log = logging.getLogger(__name__)


class TryLater(Exception):
    """It could not be taken in this time. It carries no word of the message."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message: one of KINDS, or `again`. `ours`: it was meant for Setwise."""

    kind: str
    ours: bool


def take(raw: bytes, *, envelope: Sequence[str] = (), huge: bool = False, at: datetime) -> Taken:
    """Handle a message. The same one again, from whichever worker, does nothing.

    Of a `huge` one the headings are enough: it is dropped.

    A worker that is killed in it has done nothing. Raises TryLater where the database, the key or
    something nobody foresaw stood in the way; after two days it is given up and counted.
    """
    incoming = read(raw, envelope=envelope)
    incoming = replace(incoming, kind="huge", words="", bounce=None) if huge else incoming
    found = filter(None, map(linking.parse_reply_address, incoming.addresses))
    token = next(found, "")
    digest = digest_of("message", incoming.message_id.encode("utf-8", "replace") or raw, token)
    try:
        return _handle(incoming, token, digest, at)
    except DataError as error:  # what it says is what the database does not take
        return _put_off(digest, at, bool(token), type(error).__name__)
    except DatabaseError:
        raise TryLater from None
    except Exception as error:  # noqa: BLE001 - one message's trouble must not stop the others
        return _put_off(digest, at, bool(token), type(error).__name__)


@transaction.atomic
def _handle(incoming: Incoming, token: str, digest: bytes, at: datetime) -> Taken:
    row = _claim(digest, at)
    if row.handled_at:
        return Taken("again", ours=bool(token) or row.kind in ("bounce", "loop"))
    result = dispatching.dispatch(incoming, token, at=at)
    row.kind, row.handled_at = result.kind, at
    row.writer = limiting.writer(result.writer) if result.writer else None
    row.save(update_fields=["kind", "handled_at", "writer"])
    return Taken(result.kind, ours=bool(token) or result.kind in ("bounce", "loop"))


def _claim(digest: bytes, at: datetime) -> Arrival:
    """The message's row, held until the end: whoever comes second waits, and finds it handled."""
    Arrival.objects.bulk_create([Arrival(digest=digest, came_at=at)], ignore_conflicts=True)
    return Arrival.objects.select_for_update().get(digest=digest)


def _put_off(digest: bytes, at: datetime, ours: bool, name: str) -> Taken:
    try:
        with transaction.atomic():
            row = _claim(digest, at)
            if row.came_at == at or row.came_at <= at - GIVE_UP:  # at first, and at last
                log.error("A message could not be taken in: %s", name)
            if row.came_at <= at - GIVE_UP:
                Arrival.objects.filter(pk=row.pk).update(handled_at=at)
                return Taken("trouble", ours=ours)
    except DatabaseError:
        pass
    raise TryLater from None


def forget(*, at: datetime) -> int:
    """Forget who wrote as many, after a day, and that a message came, after ninety; how many rows."""
    old = Arrival.objects.filter(came_at__lt=at - COUNTED, writer__isnull=False)
    changed = old.update(writer=None) if old.exists() else 0
    deleted, _ = Arrival.objects.filter(came_at__lt=at - REMEMBERED).delete()
    return changed + deleted
