from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from setwise.people.models import Person
from setwise.people.models.person import validate_zone
from setwise.sets.models import LearningSet
from setwise.ui import zones


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Person) -> MeetingQuerySet:
        """Dates and places are for everyone in the set; what was said is the room's to guard."""
        return self.filter(learning_set__in=LearningSet.objects.visible_to(person))

    def coming(self, *, at: datetime) -> MeetingQuerySet:
        """Not cancelled, and not yet over at `at`, soonest first."""
        return self.filter(cancelled_at=None, ends_at__gt=at).order_by("starts_at")


class Meeting(models.Model):
    """One gathering of a set at a date and a place. Times are stored in UTC, `zone` is the place's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.ForeignKey(LearningSet, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField("title", max_length=120, blank=True)
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    zone = models.CharField("time zone", max_length=64, validators=[validate_zone])
    minutes = models.PositiveSmallIntegerField(
        "length, in minutes", validators=[MinValueValidator(30), MaxValueValidator(480)]
    )
    place = models.CharField("place", max_length=200, blank=True)
    link = models.URLField("link", max_length=500, blank=True)
    arranged_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    arranged_at = models.DateTimeField()
    chair = models.ForeignKey(  # who chairs it where nobody facilitates; once held, who did
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sequence = models.PositiveSmallIntegerField(default=0)  # rises with each change, for calendars
    asked_sequence = models.PositiveSmallIntegerField(default=0)  # that of the last new time
    moved_at = models.DateTimeField(null=True, blank=True)  # when that was told
    cancelled_at = models.DateTimeField(null=True, blank=True)
    goes_ahead_at = models.DateTimeField(null=True, blank=True)  # held although too few can come

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
            ),
        )
        indexes = (models.Index(fields=["learning_set", "starts_at"], name="meeting_by_date"),)

    def __str__(self) -> str:
        return f"meeting {self.id}"

    def set_time(self, starts_at: datetime, minutes: int) -> None:
        self.starts_at, self.minutes = starts_at, minutes
        self.ends_at = starts_at + timedelta(minutes=minutes)

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(zones.zone(self.zone))
