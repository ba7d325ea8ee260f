from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.sets.models import LearningSet
from setwise.vault import sealing
from setwise.vault.fields import SealedField

STATES = (
    ("open", "Open"),
    ("going", "Going"),
    ("done", "Done"),
    ("changed", "Changed"),
    ("let go", "Let go"),
)
ENDED = ("done", "changed", "let go")


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, person: Person) -> ActionQuerySet:
        """One's own, and those of which one is an ally who has accepted. The room shows the rest."""
        return self.filter(Q(owner=person) | Q(ally=person, ally_accepted_at__isnull=False))

    def open(self) -> ActionQuerySet:
        return self.exclude(state__in=ENDED).exclude(confirmed_at=None)


class Action(models.Model):
    """What its owner decided to do. Its words are sealed under the owner's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="actions")
    learning_set = models.ForeignKey(
        LearningSet, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, related_name="+")
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")
    text_sealed = SealedField()
    first_step_sealed = SealedField()
    sign_sealed = SealedField()  # how I will know
    due_on = models.DateField("by when", null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    ally = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ally_accepted_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default="open")
    decided_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    typed_by = models.ForeignKey(  # a note-taker; null when the owner typed it
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)  # null: a draft for its owner

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__range=(1, 10)),
                name="action_confidence_1_to_10",
            ),
        )
        indexes = (models.Index(fields=["owner", "state"], name="action_by_owner"),)

    def __str__(self) -> str:
        return f"action {self.id}"

    def seal(self, *, text: str, first_step: str = "", sign: str = "") -> None:
        self.text_sealed = self._sealed("action.text", text)
        self.first_step_sealed = self._sealed("action.first_step", first_step)
        self.sign_sealed = self._sealed("action.sign", sign)

    def _sealed(self, context: str, words: str) -> bytes | None:
        if not words:
            return None
        return sealing.seal(words, key_id=self.key_id, context=context, row_id=self.id)

    def _words(self, context: str, sealed: bytes | None) -> str:
        return sealing.unseal(sealed, key_id=self.key_id, context=context, row_id=self.id)

    def text(self) -> str:
        return self._words("action.text", self.text_sealed)

    def first_step(self) -> str:
        return self._words("action.first_step", self.first_step_sealed)

    def sign(self) -> str:
        return self._words("action.sign", self.sign_sealed)


class Shown(models.Model):
    """An owner shows an action to those checked in to one meeting, and to nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="shown")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="shown_actions")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["action", "meeting"], name="shown_once_a_meeting"),
        )

    def __str__(self) -> str:
        return f"shown {self.id}"
