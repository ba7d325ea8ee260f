from __future__ import annotations

import uuid
from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from setwise.meetings.models.meeting import Meeting
from setwise.meetings.rhythm_words import of_the_series
from setwise.people.models import Person
from setwise.people.models.person import validate_zone
from setwise.sets.models import LearningSet
from setwise.vault.fields import SealedField
from setwise.vault.rows import SealedRow

ANSWERS = [("yes", "Yes"), ("if need be", "If need be"), ("no", "No")]


class PollQuerySet(models.QuerySet["Poll"]):
    def visible_to(self, person: Person) -> PollQuerySet:
        """Dates and places are for everyone in the set; a note is for the convenor alone."""
        return self.filter(learning_set__in=LearningSet.objects.visible_to(person))

    def taking_answers(self, *, at: datetime) -> PollQuerySet:
        """Open, and their deadline still to come: at most one in a set."""
        return self.filter(closed_at=None, closes_at__gt=at, learning_set__closed_at=None)

    def unsettled(self) -> PollQuerySet:
        """Neither settled nor called off: its convenor may still choose a date."""
        return self.filter(settled_at=None, cancelled_at=None, learning_set__closed_at=None)


class Poll(models.Model):
    """Dates and places that a set is asked about, to find the next meeting's.

    Whoever opened it convenes it. It takes answers until `closed_at`, which is also set by settling
    and by cancelling. `zone` is the place's; times are stored in UTC.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.ForeignKey(LearningSet, on_delete=models.CASCADE, related_name="polls")
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(
        "length, in minutes", validators=[MinValueValidator(30), MaxValueValidator(480)]
    )
    zone = models.CharField("time zone", max_length=64, validators=[validate_zone])
    closes_at = models.DateTimeField("answer by")
    settles_itself = models.BooleanField(default=False)  # once everyone has said yes to a date
    closed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    asks_at = models.DateTimeField(null=True, blank=True)  # when to ask again who has not answered
    times_asked = models.PositiveSmallIntegerField(default=0)

    objects = PollQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["learning_set"], condition=Q(closed_at=None), name="poll_one_open_a_set"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(settled_at=None, cancelled_at=None),
                name="poll_ends_closed",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(cancelled_at=None), name="poll_one_end"
            ),
            models.CheckConstraint(condition=Q(times_asked__lte=2), name="poll_asks_twice_at_most"),
        )
        indexes = (
            models.Index(fields=["closes_at"], condition=Q(closed_at=None), name="poll_to_close"),
            models.Index(fields=["asks_at"], condition=Q(closed_at=None), name="poll_to_ask"),
        )

    def __str__(self) -> str:
        return f"poll {self.id}"

    def takes_answers(self, *, at: datetime) -> bool:
        return self.closed_at is None and self.closes_at > at

    @property
    def is_unsettled(self) -> bool:
        """Neither settled nor cancelled: its convenor may still choose a date."""
        return self.settled_at is None and self.cancelled_at is None

    @property
    def meetings(self) -> list[Meeting]:
        """What it settled on and still stands, soonest first: of a series several."""
        fixed = Meeting.objects.filter(proposed__poll=self, cancelled_at=None)
        return list(fixed.distinct().order_by("starts_at"))


class PollDate(models.Model):
    """A moment proposed. Removing it takes its answers with it.

    `occurrence`: which meeting of a series it is proposed for; 1 in a poll for one meeting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField("starts")
    occurrence = models.PositiveSmallIntegerField(default=1)
    meeting = models.ForeignKey(  # what it became, once settled
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposed"
    )
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["poll", "starts_at"], name="poll_date_once"),
        )

    def __str__(self) -> str:
        return f"date {self.id}"

    @property
    def of_the_series(self) -> str:
        """Which meeting of the series: *First of the series*."""
        return of_the_series(self.occurrence)


class PollPlace(models.Model):
    """A place proposed: a room, a link, or both."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="places")
    place = models.CharField("place", max_length=200, blank=True)
    link = models.URLField("link", max_length=500, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["poll", "place", "link"], name="poll_place_once"),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""), name="poll_place_is_somewhere"
            ),
        )

    def __str__(self) -> str:
        return f"place {self.id}"


class PollAnswer(models.Model):
    """One person's answer to one date, or to one place. The last one stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    date = models.ForeignKey(
        PollDate, on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    place = models.ForeignKey(
        PollPlace, on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    answer = models.CharField(max_length=10, choices=ANSWERS)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "date"], name="poll_answer_one_a_date"),
            models.UniqueConstraint(fields=["person", "place"], name="poll_answer_one_a_place"),
            models.CheckConstraint(
                condition=Q(date=None, place__isnull=False) | Q(date__isnull=False, place=None),
                name="poll_answer_to_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.id}"


class PollComment(SealedRow):
    """A note to the convenor, sealed for its author: nobody else in the set reads it."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words_sealed = SealedField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note {self.id}"
