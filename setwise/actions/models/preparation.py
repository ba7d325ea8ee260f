from __future__ import annotations

from django.db import models

from setwise.actions.models.action import Action
from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.vault.fields import SealedField
from setwise.vault.rows import SealedRow


class PreparationQuerySet(models.QuerySet["Preparation"]):
    def visible_to(self, person: Person) -> PreparationQuerySet:
        """One's own. Nobody else reads a preparation, whatever their seat."""
        return self.filter(person=person)


class Preparation(SealedRow):
    """What one person thinks of beforehand for one meeting, sealed under their own key.

    `asked_at`: a letter asked them. `written_at`: something is written. `skipped_at`: not this time.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    issue_sealed = SealedField()
    why_now_sealed = SealedField()
    success_sealed = SealedField()
    willing_sealed = SealedField()
    asked_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)

    objects = PreparationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["meeting", "person"], name="preparation_one_a_person"),
        )

    def __str__(self) -> str:
        return f"preparation {self.id}"


class PreparedAction(SealedRow):
    """How one of their actions went, as they think of it beforehand; no progress until they say so."""

    preparation = models.ForeignKey(Preparation, on_delete=models.CASCADE, related_name="actions")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    state_sealed = SealedField()
    happened_sealed = SealedField()
    learned_sealed = SealedField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["preparation", "action"], name="prepared_action_once"),
        )

    def __str__(self) -> str:
        return f"prepared action {self.id}"
