"""Making a protocol of one's own. Any seat may; it binds once the ground rules say so."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from setwise.protocols.shape import Fault, ProtocolError
from setwise.protocols.shipped import parse
from setwise.sets.amending import WrittenMeanwhile
from setwise.sets.models import LearningSet, Variant
from setwise.sets.seats import Seat

AGAIN = timedelta(minutes=1)  # so long the same form is taken for a second press
MOST = 12  # protocols of a set's own to choose from
FULL = f"A set keeps {MOST} of its own at most. Put one away first."


@transaction.atomic
def keep(seat: Seat, *, text: str, after: Variant | None = None, at: datetime) -> Variant:
    """Keep a protocol as the set's own, to be chosen from now on; `after` is the version before it.

    Rules and meetings that follow the version before go on following it. Raises ProtocolError with
    every fault of one that cannot work, and WrittenMeanwhile where there is a newer version already.
    The same form sent twice keeps one.
    """
    seat.must_go_on()
    parse(text, key="own")
    learning_set = LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    if earlier := _kept_just_now(seat, text, after, at):
        return earlier
    row = Variant(learning_set=learning_set, line=uuid.uuid4(), text=text, written_by=seat.person)
    if after:
        row.line, row.number = after.line, after.number + 1
        if Variant.objects.filter(line=row.line, number__gte=row.number).exists():
            raise WrittenMeanwhile
    row.written_at = at
    row.save(force_insert=True)
    _shelve(learning_set, row, at_hand=True)
    return row


def _kept_just_now(seat: Seat, text: str, after: Variant | None, at: datetime) -> Variant | None:
    mine = Variant.objects.filter(learning_set=seat.learning_set, written_by=seat.person)
    same = mine.filter(text=text, written_at__gt=at - AGAIN)
    if after:
        return same.filter(line=after.line, number=after.number + 1).first()
    return same.filter(number=1).first()


@transaction.atomic
def put_away(seat: Seat, variant: Variant) -> None:
    """Offer it no more. What follows it goes on doing so, and it can be taken out again."""
    seat.must_go_on()
    learning_set = LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    _shelve(learning_set, variant, at_hand=False)


@transaction.atomic
def take_out(seat: Seat, variant: Variant) -> None:
    """Offer it again, in place of another version of it."""
    seat.must_go_on()
    learning_set = LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    _shelve(learning_set, variant, at_hand=True)


def _shelve(learning_set: LearningSet, variant: Variant, *, at_hand: bool) -> None:
    """Live rooms offer it too: they read the set again where its seats' version moves."""
    same = Variant.objects.filter(line=variant.line).values_list("pk", flat=True)
    line = {str(pk) for pk in same}
    own = [each for each in learning_set.own_protocols if each[0] not in line]
    if at_hand:
        own.append([variant.key, variant.label])
    if len(own) > MOST:
        raise ProtocolError(Fault((), FULL))
    learning_set.own_protocols = own
    learning_set.save(update_fields=["own_protocols"])
    learning_set.seats_moved()
