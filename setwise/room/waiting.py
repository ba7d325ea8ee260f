from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max

from setwise.room.models import Room, Round


def last_presented(set_id: UUID, *, but: Room | None = None) -> dict[UUID, date]:
    """When each presented last in this set, `but` in one meeting; whoever never did is left out."""
    rounds = Round.objects.filter(room__meeting__learning_set=set_id).exclude(started_at=None)
    if but:
        rounds = rounds.exclude(room=but)
    found: dict[UUID, date] = {}
    rows = rounds.values_list("presenter_id", "shared_with_id")
    for presenter, sharer, last in rows.annotate(last=Max("room__meeting__starts_at")).order_by(
        "last"
    ):
        for person in filter(None, (presenter, sharer)):
            found[person] = last.date()
    return found
