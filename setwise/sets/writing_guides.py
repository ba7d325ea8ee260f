"""A set's own guides: any seat may write one; its writer and the facilitator may change it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from setwise.sets.models import LearningSet, OwnGuide
from setwise.sets.seats import Seat

AGAIN = timedelta(minutes=1)  # so long the same form is taken for a second press
MOST = 30  # guides of a set's own
LONGEST_TITLE, LONGEST_TEXT = 100, 6000  # characters


class TooMany(Exception):
    """The set has as many guides of its own as it may."""


class WrittenMeanwhile(Exception):
    """Somebody else changed the guide after it was opened here."""


def may_change(seat: Seat, guide: OwnGuide) -> bool:
    mine = guide.written_by_id == seat.person.id
    return seat.learning_set.goes_on and (mine or seat.is_facilitator)


@transaction.atomic
def write(seat: Seat, *, title: str, text: str, for_facilitator: bool, at: datetime) -> OwnGuide:
    """Add a guide. Only the facilitator writes one for the facilitator. Raises TooMany.

    The same form sent twice adds one.
    """
    seat.must_go_on()
    _must_reach(seat, for_facilitator)
    learning_set = LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    rows = OwnGuide.objects.filter(learning_set=learning_set)
    for row in rows.filter(written_by=seat.person, written_at__gt=at - AGAIN):
        if (row.title, row.text, row.for_facilitator) == (title, text, for_facilitator):
            return row
    if rows.count() >= MOST:
        raise TooMany
    row = OwnGuide(learning_set=learning_set, key_id=learning_set.key_id, written_by=seat.person)
    row.written_at = at
    _put(row, title, text, for_facilitator)
    row.save(force_insert=True)
    return row


@transaction.atomic
def change(
    seat: Seat, guide: OwnGuide, *, title: str, text: str, for_facilitator: bool, seen: int
) -> None:
    """Change it, as it was `seen` by its version. Raises WrittenMeanwhile where it is another now."""
    _must(seat, guide)
    _must_reach(seat, for_facilitator)
    row = OwnGuide.objects.select_for_update().filter(pk=guide.pk).first()
    if row is None or row.version != seen:
        raise WrittenMeanwhile
    _put(row, title, text, for_facilitator)
    row.version += 1
    row.save(update_fields=["title_sealed", "text_sealed", "for_facilitator", "version"])


def delete(seat: Seat, guide: OwnGuide) -> None:
    _must(seat, guide)
    guide.delete()


def _must(seat: Seat, guide: OwnGuide) -> None:
    seat.must_go_on()
    seat.must(may_change(seat, guide), "Its writer changes it, or the facilitator.")


def _must_reach(seat: Seat, for_facilitator: bool) -> None:
    seat.must(
        seat.is_facilitator or not for_facilitator, "Only the facilitator writes for that seat."
    )


def _put(row: OwnGuide, title: str, text: str, for_facilitator: bool) -> None:
    row.seal("title", title)
    row.seal("text", text)
    row.for_facilitator = for_facilitator
