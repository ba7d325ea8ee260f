"""How much one person may send: counted by whose signed address it is, not by what From says."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from setwise.mailin.models import Arrival
from setwise.mailin.models.arrival import digest

MOST, WITHIN = 30, timedelta(hours=1)


def too_many(person_id: UUID, *, at: datetime) -> bool:
    """Whether thirty messages of theirs were taken in within the hour. The rest are dropped."""
    recent = Arrival.objects.filter(writer=writer(person_id), came_at__gt=at - WITHIN)
    return recent.count() >= MOST


def writer(person_id: UUID) -> bytes:
    """Whose messages they were, in a form that tells nobody."""
    return digest("writer", person_id.bytes)
