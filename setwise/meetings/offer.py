from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from setwise.meetings.models import PollDate


@dataclass(frozen=True, slots=True)
class Offer:
    """A moment offered in place of a meeting's, and why; the sentence has no end.

    `date`: the one of its poll, where the set was asked about it.
    """

    starts_at: datetime
    why: str
    date: PollDate | None = None
