from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from setwise.people.models import Person
from setwise.sets.countries import validate_country
from setwise.ui.accents import ACCENTS

FEWEST, MOST, FIRM_MOST = 4, 7, 8  # members; product.md, "The practice, in our words"


class LearningSetQuerySet(models.QuerySet["LearningSet"]):
    def visible_to(self, person: Person) -> LearningSetQuerySet:
        """The sets whose existence, people, dates and rules `person` may see: those they belong to."""
        # whoever came from outside to facilitate belongs until an agreed graduation's moment
        still = Q(memberships__facilitates_until=None) | Q(memberships__facilitates_until__gt=Now())
        return self.filter(
            Q(memberships__is_member=True) | still,
            memberships__person=person,
            memberships__left_at=None,
            memberships__suspended_at=None,
        )


class LearningSet(models.Model):
    """The group. `key` seals what belongs to all of it: talk about rules, the shared review."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("name", max_length=120)
    purpose = models.TextField("purpose", max_length=2000, blank=True)
    accent = models.CharField(
        "colour", max_length=16, choices=[(a, a.title()) for a in ACCENTS], default=ACCENTS[0]
    )
    # whose public holidays its dates go around: an ISO code, GB or GB-SCT; empty for none
    country = models.CharField(
        "public holidays", max_length=24, blank=True, validators=[validate_country]
    )
    coached = models.BooleanField("question coach", default=True)
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    closes_at = models.DateTimeField(
        null=True, blank=True
    )  # announced; can be taken back until then
    closing_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    erases_at = models.DateTimeField(
        null=True, blank=True, db_index=True
    )  # by the rules at closing
    erased_at = models.DateTimeField(null=True, blank=True)
    # its own protocols to choose from, each a key and a label: a live room shows them unasked
    own_protocols = models.JSONField(default=list, blank=True)
    # what it practises: keys of `coaching.guides.skills`, and skills in its own words
    skills = models.JSONField(default=list, blank=True)
    own_skills = models.JSONField(default=list, blank=True)
    seats_version = models.PositiveIntegerField(default=0)  # moves whenever a seat changes

    objects = LearningSetQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def goes_on(self) -> bool:
        """Whether the set can still do anything: once it is closed, it can only be read."""
        return self.closed_at is None

    def seats_moved(self) -> None:
        """Tell live rooms to read the seats again. Call in the transaction that changed a seat."""
        LearningSet.objects.filter(pk=self.pk).update(seats_version=F("seats_version") + 1)
