from __future__ import annotations

import uuid
from datetime import date, time

from django.db import models

from setwise.meetings.rhythm import Rhythm
from setwise.people.models.person import validate_zone
from setwise.sets.models import LearningSet


class KeptRhythm(models.Model):
    """The rhythm that a set last proposed or fixed dates by: where the next ones start from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.OneToOneField(
        LearningSet, on_delete=models.CASCADE, related_name="rhythm"
    )
    weeks = models.PositiveSmallIntegerField()
    days = models.JSONField(default=list)  # Monday is 0
    times = models.JSONField(default=list)  # by the clock of the place: "10:00"
    months_out = models.JSONField(default=list)
    zone = models.CharField(max_length=64, validators=[validate_zone])

    def __str__(self) -> str:
        return f"rhythm {self.id}"

    def from_day(self, first: date, *, count: int) -> Rhythm:
        """The same rhythm begun on that day."""
        return Rhythm(
            weeks=self.weeks,
            days=frozenset(self.days),
            times=tuple(time.fromisoformat(each) for each in self.times),
            first=first,
            count=count,
            months_out=frozenset(self.months_out),
        )
