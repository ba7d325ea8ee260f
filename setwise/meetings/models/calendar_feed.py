from __future__ import annotations

from django.db import models

from setwise.people.models import Person


class CalendarFeed(models.Model):
    """Since when a person's subscribed calendar has been as it is: what a client asks, to save a look.

    Only a digest is kept. The address itself is a link of `people.linking`.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
