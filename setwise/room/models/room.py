from __future__ import annotations

import uuid

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.protocols.course import Course
from setwise.sets.models import LearningSet


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, person: Person) -> RoomQuerySet:
        """The rooms whose door `person` may stand at; their words need an entered check-in."""
        return self.filter(meeting__learning_set__in=LearningSet.objects.visible_to(person))

    def lock(self) -> None:
        """Lock these rooms until the transaction ends, so that two who press are two turns.

        On SQLite the transaction itself is the lock: it began immediate.
        """
        if connection.features.has_select_for_update:
            list(self.select_for_update().values_list("pk"))

    def entered_by(self, person: Person) -> RoomQuerySet:
        """The rooms whose words `person` may read while they are open."""
        from setwise.room.models.check_in import CheckIn

        entered = CheckIn.objects.filter(
            Q(left_at=None), room=OuterRef("pk"), person=person, entered_at__isnull=False
        )
        return self.visible_to(person).filter(Exists(entered))


class Room(models.Model):
    """The live page of one meeting. `course` holds where it is, and never a word that was said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="room")
    version = models.PositiveBigIntegerField(default=1, db_index=True)  # moves at every change
    people_version = models.PositiveBigIntegerField(default=1)  # who is here, and how
    words_version = models.PositiveBigIntegerField(default=1)  # what is written
    course_json = models.JSONField()
    chair = models.ForeignKey(  # whoever holds the controls
        Person, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    chair_how = models.CharField(max_length=5, default="")  # as setwise.room.holding tells it
    chair_since = models.DateTimeField(null=True, blank=True)
    chair_before = models.ForeignKey(  # whoever held them until then
        Person, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    chair_round = models.PositiveSmallIntegerField(null=True, blank=True)  # left for this round
    recording = models.BooleanField(default=False)  # written down after a meeting held without it
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)  # left open, it closes itself then
    closed_itself = models.BooleanField(default=False)

    objects = RoomQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["closes_at"], name="room_left_open", condition=Q(closed_at=None)),
        )

    def __str__(self) -> str:
        return f"room {self.id}"

    @property
    def course(self) -> Course:
        return Course.from_json(self.course_json)

    @course.setter
    def course(self, course: Course) -> None:
        self.course_json = course.to_json()
