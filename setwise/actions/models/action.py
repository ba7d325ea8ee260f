from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.sets.models import LearningSet, Membership
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
        """One's own, and those of which one is an ally who has accepted. The room shows the rest.

        Whoever leaves the set, or may not enter it for now, sees what is their own and no more; and
        the actions that the owner takes away from the set are seen there by nobody.
        """
        accepted = Q(ally=person, ally_accepted_at__isnull=False, confirmed_at__isnull=False)
        return self.filter(Q(owner=person) | (accepted & _both_seated(person)))

    def asking(self, person: Person) -> ActionQuerySet:
        """Those whose owners ask this person to be an ally, both of them being in the set now."""
        asked = self.filter(ally=person, ally_accepted_at=None).exclude(confirmed_at=None)
        return asked.filter(_both_seated(person))

    def open(self) -> ActionQuerySet:
        return self.exclude(state__in=ENDED).exclude(confirmed_at=None)

    def to_tell_at(self, meeting: Meeting) -> ActionQuerySet:
        """What can be told at a meeting's progress step: open ones of the set, and those that ended
        after the meeting before it began. A meeting that was cancelled was none."""
        before = (
            Meeting.objects.filter(
                learning_set=meeting.learning_set_id,
                starts_at__lt=meeting.starts_at,
                cancelled_at=None,
            )
            .exclude(pk=meeting.pk)
            .order_by("starts_at")
            .last()
        )
        ended = Q(state__in=ENDED)
        if before:
            ended &= Q(ended_at__gt=before.starts_at)
        ours = self.filter(learning_set=meeting.learning_set_id).exclude(confirmed_at=None)
        return ours.filter(~Q(state__in=ENDED) | ended)


def _both_seated(ally: Person) -> Q:
    """The ally and the action's owner each have a seat in its set now."""
    seats = Membership.objects.seated().filter(learning_set=OuterRef("learning_set"))
    return Q(Exists(seats.filter(person=ally)), Exists(seats.filter(person=OuterRef("owner"))))


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
