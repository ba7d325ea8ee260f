from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from setwise.outbox.daytime import MORNING, NIGHT
from setwise.people.models.person import Person

MANNERS = (
    ("single", "Each by itself, on its day"),
    ("weekly", "One e-mail a week instead, with all of it"),
    ("none", "No reminders"),
)
EARLIEST, LATEST = MORNING.hour, NIGHT.hour - 1  # of a person's day, for a reminder to come


class ReminderChoice(models.Model):
    """Which reminders one person gets, and when. Whoever has no row chose nothing: all, singly.

    `hour` and `weekday` (0 is Monday) are in the person's own time zone.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    preparation = models.BooleanField("before a meeting: what might I bring?", default=True)
    meeting_week = models.BooleanField("a meeting, a week before", default=True)
    meeting_day = models.BooleanField("a meeting, the day before", default=True)
    poll = models.BooleanField("dates that wait for my answer", default=True)
    action_due = models.BooleanField("an action of mine, on its day", default=True)
    action_overdue = models.BooleanField("an action of mine, once its day has passed", default=True)
    after_meeting = models.BooleanField("after a meeting: my own actions", default=True)
    manner = models.CharField("how", max_length=6, choices=MANNERS, default="single")
    weekday = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)])
    hour = models.PositiveSmallIntegerField(
        default=8, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(hour__range=(EARLIEST, LATEST), weekday__range=(0, 6)),
                name="reminder_choice_by_day",
            ),
        )

    def __str__(self) -> str:
        return f"reminders of {self.person_id}"
