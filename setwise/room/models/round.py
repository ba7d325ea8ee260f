from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.room.models.room import Room
from setwise.room.models.sealed import SealedRow
from setwise.vault.fields import SealedField


class RoundQuerySet(models.QuerySet["Round"]):
    def presented_by(self, person: Person) -> RoundQuerySet:
        """A person's own rounds, those included whose issue they shared."""
        return self.filter(Q(presenter=person) | Q(shared_with=person))


class Round(SealedRow):
    """A presenter's time. Everything said in it is sealed under the presenter's key.

    Two may share the issue: the round is `shared_with`'s as much as the presenter's, and each
    decides their own actions.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    presenter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    shared_with = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    statement_sealed = SealedField()
    stated = models.BooleanField(default=False)  # said in the round; until then it is the bid's
    first_statement_sealed = SealedField()  # what the issue was before it was reworded
    presentation_sealed = SealedField()
    feedback_sealed = SealedField()
    decide_by = models.DateField(null=True, blank=True)
    silent = models.BooleanField(default=False)  # everyone writes; the presenter opens questions
    options_invited = models.BooleanField(default=False)
    problems_opened_at = models.DateTimeField(null=True, blank=True)  # till then they are unseen
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # the notes rule in force when it was held, and what the presenter decided within it
    rule_readers = models.CharField(max_length=12, default="presenter")
    readers = models.CharField(max_length=12, default="present")
    record_version = models.PositiveIntegerField(
        default=1
    )  # moves as its presenter edits the record
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)  # the record; that it was held stays

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["room", "number"], name="round_number"),
            models.CheckConstraint(
                condition=Q(shared_with=None) | ~Q(shared_with=F("presenter")),
                name="round_shared_with_another",
            ),
        )
        ordering = ("number",)

    def __str__(self) -> str:
        return f"round {self.id}"

    @property
    def presenters(self) -> tuple[uuid.UUID, ...]:
        """Whose round it is: one person, or the two who share the issue."""
        return tuple(filter(None, (self.presenter_id, self.shared_with_id)))

    @property
    def names(self) -> str:
        """The names of those whose round it is, as they stand in a sentence."""
        return (
            f"{self.presenter} and {self.shared_with}" if self.shared_with else str(self.presenter)
        )


class RoundAction(models.Model):
    """That an action was decided in a round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="decided")
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="decided_in")

    def __str__(self) -> str:
        return f"decided {self.id}"


class Attended(models.Model):
    """That somebody was there in a round from its beginning, or was let in by its presenter.

    They read all that is written in it, and under the notes rule its record.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="attended")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "person"], name="attended_once_a_round"),
        )

    def __str__(self) -> str:
        return f"attended {self.id}"
