"""What a set is asked in a poll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from setwise.meetings.models import Poll
from setwise.meetings.refusing import Refusal

MOST_DATES, MOST_PLACES = 30, 10
ONE_DATE = "Propose at least one date."
FULL_OF_DATES = f"{MOST_DATES} dates are the most that people will read through."
FULL_OF_PLACES = f"{MOST_PLACES} places are the most that people will read through."


@dataclass(frozen=True, slots=True)
class Where:
    place: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a set is asked: aware moments, `minutes` of length, `zone` of the place; in a series
    `dates` for its first meeting, and `later` for each that follows."""

    dates: tuple[datetime, ...]
    places: tuple[Where, ...]
    minutes: int
    zone: str
    closes_at: datetime
    settles_itself: bool = False
    later: tuple[tuple[datetime, ...], ...] = ()

    @property
    def occurrences(self) -> dict[datetime, int]:
        """Every moment, and which meeting of the series it is for."""
        each = enumerate((self.dates, *self.later), 1)
        return {moment: number for number, moments in each for moment in moments}

    def check(self) -> None:
        """Raise Refusal for no date, too many, or a deadline after the first."""
        moments = self.occurrences
        if not all((self.dates, *self.later)):
            raise Refusal("date", ONE_DATE)
        if min(moments) <= self.closes_at:
            raise Refusal("closes_on", "Close the poll before the first date.")
        if len(moments) > MOST_DATES:
            raise Refusal("date", FULL_OF_DATES)
        if len(self.places) > MOST_PLACES:
            raise Refusal("place", FULL_OF_PLACES)

    def is_of(self, poll: Poll) -> bool:
        """Whether this poll asks just this: the same form was sent twice."""
        asked = (poll.minutes, poll.zone, poll.closes_at, poll.settles_itself)
        if asked != (self.minutes, self.zone, self.closes_at, self.settles_itself):
            return False
        return self.occurrences.keys() <= set(poll.dates.values_list("starts_at", flat=True))
