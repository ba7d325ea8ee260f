from __future__ import annotations

import uuid

from django.db import models

from setwise.meetings.models.meeting import Meeting
from setwise.people.models import Person


class ReplyQuerySet(models.QuerySet["Reply"]):
    def visible_to(self, person: Person) -> ReplyQuerySet:
        return self.filter(meeting__in=Meeting.objects.visible_to(person))


class Reply(models.Model):
    """Yes or apologies, said before a meeting. Who really came is the room's check-in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(
        max_length=9, choices=[("yes", "Yes, I am coming"), ("apologies", "Apologies")]
    )
    answered_at = models.DateTimeField()

    objects = ReplyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["meeting", "person"], name="reply_one_a_person"),
        )

    def __str__(self) -> str:
        return f"reply {self.id}"
