from __future__ import annotations

import uuid
from functools import cache

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from setwise.people.models import Person
from setwise.protocols.shipped import shipped
from setwise.sets.models.learning_set import LearningSet
from setwise.sets.models.variant import Variant
from setwise.vault import sealing
from setwise.vault.fields import SealedField

PREPARE_DAYS = (
    (0, "Not at all"),
    (1, "The day before"),
    *((days, f"{days} days before") for days in (2, 3, 5, 7, 14)),
)


@cache
def unprepared() -> frozenset[str]:
    """The shipped agendas with neither bids nor progress: there is nothing to prepare for."""
    prepared = {"bidding", "progress"}
    return frozenset(
        each.key for each in shipped() if prepared.isdisjoint(step.kind for step in each.steps)
    )


class Settings(models.Model):
    """The settings that bind the software: product.md, "Ground rules that bind the software".

    Minutes, hours and days are whole numbers. The defaults are the *floor*: records are the
    presenter's alone and a steward sees nothing, until a set has agreed otherwise.
    """

    meeting_minutes = models.PositiveSmallIntegerField(
        "length of a meeting, in minutes",
        default=120,
        validators=[MinValueValidator(30), MaxValueValidator(480)],
    )
    issues_per_meeting = models.PositiveSmallIntegerField(
        "issues in a meeting", default=2, choices=[(1, "One"), (2, "Two")]
    )
    air_time = models.CharField(
        "air time", max_length=8, default="bid", choices=[("equal", "Equal"), ("bid", "By bid")]
    )
    protocol = models.CharField("protocol", max_length=40, default="classic")
    prepare_days = models.PositiveSmallIntegerField(
        "asked to prepare", default=3, choices=PREPARE_DAYS
    )
    outside = models.TextField("what may be said outside", max_length=1000, blank=True)
    duty_of_care = models.TextField("when someone may come to harm", max_length=1000, blank=True)
    steward_sees = models.CharField(
        "a steward sees attendance",
        max_length=8,
        default="none",
        choices=[("names", "By name"), ("counts", "As counts"), ("none", "Not at all")],
    )
    quorum = models.PositiveSmallIntegerField(
        "quorum", default=3, validators=[MinValueValidator(2), MaxValueValidator(9)]
    )
    apologies_notice_hours = models.PositiveSmallIntegerField(
        "notice for apologies, in hours", default=24, validators=[MaxValueValidator(336)]
    )
    moves_below_quorum = models.BooleanField("move a meeting that is below quorum", default=False)
    note_writers = models.CharField(
        "who may write notes",
        max_length=12,
        default="anyone",
        choices=[
            ("anyone", "Anyone present"),
            ("facilitator", "The facilitator"),
            ("nobody", "Nobody"),
        ],
    )
    record_readers = models.CharField(
        "who may read a round’s record afterwards",
        max_length=12,
        default="presenter",
        choices=[("presenter", "The presenter only"), ("present", "Those who were there")],
    )
    names_taken_away = models.BooleanField(
        "a presenter who takes their record away takes the others’ names with it", default=False
    )
    keep_days_after_close = models.PositiveSmallIntegerField(
        "days that records outlive the set", default=90, validators=[MaxValueValidator(3650)]
    )

    class Meta:
        abstract = True

    @property
    def prepares(self) -> bool:
        """Whether members prepare: not switched off, and the agenda has a place for it."""
        return bool(self.prepare_days) and self.protocol not in unprepared()


class GroundRulesQuerySet(models.QuerySet["GroundRules"]):
    def visible_to(self, person: Person) -> GroundRulesQuerySet:
        return self.filter(learning_set__in=LearningSet.objects.visible_to(person))


class GroundRules(Settings):
    """One version of a set's agreement. In force from `in_force_at` until the next version is."""

    STATES = (
        ("draft", "being written"),
        ("proposed", "proposed"),
        ("in force", "in force"),
        ("past", "past"),
        ("withdrawn", "withdrawn"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning_set = models.ForeignKey(
        LearningSet, on_delete=models.CASCADE, related_name="ground_rules"
    )
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    past_at = models.DateTimeField(null=True, blank=True)

    objects = GroundRulesQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["learning_set", "number"], name="rules_number"),
            models.UniqueConstraint(
                fields=["learning_set"], condition=Q(state="in force"), name="rules_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["learning_set"],
                condition=Q(state__in=["draft", "proposed"]),
                name="rules_one_being_agreed",
            ),
        )

    @property
    def protocol_title(self) -> str:
        """The agenda's own name; its key, where this installation knows the protocol no more."""
        label = next((each.label for each in shipped() if each.key == self.protocol), "")
        if label:
            return label
        own = Variant.objects.called(self.learning_set_id, self.protocol)
        return own.label if own else self.protocol

    def __str__(self) -> str:
        return f"version {self.number}"


class Clause(models.Model):
    """One rule in words. Agreed rules are kept in clear, as the paper on the wall would be."""

    SUBJECTS = (
        ("time", "Time"),
        ("confidentiality", "Confidentiality"),
        ("attendance", "Attendance"),
        ("notes", "Notes"),
        ("other", "Other"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rules = models.ForeignKey(GroundRules, on_delete=models.CASCADE, related_name="clauses")
    subject = models.CharField(max_length=16, choices=SUBJECTS)
    text = models.TextField(max_length=1000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"clause {self.id}"


class Assent(models.Model):
    """One person's answer to *Can you live with this?* What would let them is sealed for the set."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rules = models.ForeignKey(GroundRules, on_delete=models.CASCADE, related_name="assents")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=3, choices=[("yes", "Yes"), ("no", "Not yet")])
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")
    would_let_sealed = SealedField()
    answered_at = models.DateTimeField()
    agreed_at = models.DateTimeField(
        null=True, blank=True
    )  # the first yes, also if it is taken back

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["rules", "person"], name="assent_one_a_person"),
        )

    def __str__(self) -> str:
        return f"assent {self.id}"

    def seal_would_let(self, words: str) -> None:
        self.would_let_sealed = sealing.seal(
            words, key_id=self.key_id, context="assent.would_let", row_id=self.id
        )

    def would_let(self) -> str:
        return sealing.unseal(
            self.would_let_sealed, key_id=self.key_id, context="assent.would_let", row_id=self.id
        )
