from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from setwise.people.models import Person
from setwise.sets.models.learning_set import LearningSet


def still_facilitates(path: str = "") -> Q:
    """By the database's clock: nothing waits for a worker, nor a prepared query for its moment."""
    until = f"{path}facilitates_until"
    return Q((until, None)) | Q((f"{until}__gt", Now()))


def belonging(path: str = "") -> Q:
    """Everyone who belongs now, suspended or not."""
    return Q((f"{path}left_at", None)) & (Q((f"{path}is_member", True)) | still_facilitates(path))


def seated(path: str = "") -> Q:
    """Everyone who may enter now. The one definition of belonging that the gate rests on.

    `path` leads to the memberships from what is asked for, such as `memberships__`.
    """
    return belonging(path) & Q((f"{path}suspended_at", None))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        """Everyone who belongs now, suspended or not."""
        return self.filter(belonging())

    def facilitating(self) -> MembershipQuerySet:
        """Those who belong now and hold the facilitator's seat: one in each set at most."""
        return self.current().filter(still_facilitates(), is_facilitator=True)

    def seated(self) -> MembershipQuerySet:
        return self.filter(seated())

    def visible_to(self, person: Person) -> MembershipQuerySet:
        return self.current().filter(learning_set__in=LearningSet.objects.visible_to(person))


class Membership(models.Model):
    """One person's seat in one set, from joining to leaving. Joining again makes a new row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.ForeignKey(
        LearningSet, on_delete=models.CASCADE, related_name="memberships"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    is_member = models.BooleanField(default=True)
    is_facilitator = models.BooleanField(default=False)
    facilitates_until = models.DateTimeField(null=True, blank=True)  # an agreed graduation's
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_how = models.CharField(
        max_length=8,
        blank=True,
        choices=[("left", "left"), ("ended", "ended"), ("closed", "closed")],
    )
    ended_by = models.ForeignKey(  # who ended it; null where its person left
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    suspended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["learning_set", "person"],
                condition=Q(left_at=None),
                name="membership_one_current_seat",
            ),
            models.CheckConstraint(
                condition=Q(is_member=True) | Q(is_facilitator=True), name="membership_has_a_seat"
            ),
            models.UniqueConstraint(
                fields=["learning_set"],
                condition=Q(left_at=None, is_facilitator=True),
                name="membership_one_facilitator",
            ),
        )

    def __str__(self) -> str:
        return f"seat {self.id}"

    def facilitates_at(self, moment: datetime) -> bool:
        """Whether this person holds the facilitator's seat then, as far as is known."""
        until = self.facilitates_until
        return self.is_facilitator and (until is None or until > moment)

    @property
    def facilitates(self) -> bool:
        """Whether this person holds the facilitator's seat now."""
        return self.facilitates_at(timezone.now())
