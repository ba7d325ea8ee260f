from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q

from setwise.people.models import Person
from setwise.sets.models.learning_set import LearningSet


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, *, at: datetime) -> InvitationQuerySet:
        return self.filter(answer="", withdrawn_at=None, expires_at__gt=at)

    def visible_to(self, person: Person) -> InvitationQuerySet:
        return self.filter(learning_set__in=LearningSet.objects.visible_to(person))


class Invitation(models.Model):
    """An offer of a seat to an e-mail address. Only the digest of its link's token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.ForeignKey(
        LearningSet, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    as_facilitator = models.BooleanField(default=False)  # a facilitator from outside the set
    digest = models.BinaryField(max_length=32, unique=True)  # a new one each time it is sent
    times_sent = models.PositiveSmallIntegerField(default=1)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=3, blank=True, choices=[("yes", "yes"), ("no", "no")])
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)  # its e-mail came back

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["learning_set", "email"],
                condition=Q(answer="", withdrawn_at=None),
                name="invitation_one_open_an_address",
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.id}"


class InvitationLetter(models.Model):
    """That an invitation left by e-mail, first or again: the daily limits count these."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="letters")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"letter {self.id}"
