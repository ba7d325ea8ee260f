"""What is kept of a set."""

from __future__ import annotations

from datetime import datetime

from setwise.sets.models import (
    Graduation,
    GroundRules,
    GuideOffer,
    Handover,
    Invitation,
    LearningSet,
    Membership,
    OwnGuide,
    Variant,
)
from setwise.vault import keys


def erase(learning_set: LearningSet, *, at: datetime) -> None:
    """Keep its name, and who belonged to it as it closed; destroy its key and forget the rest.

    Everybody's seat ends with it, and with the seats every gate that rests on them closes. Call in
    the transaction that erases the set.
    """
    for model in (Graduation, GroundRules, GuideOffer, Handover, Invitation, OwnGuide, Variant):
        model._default_manager.filter(learning_set=learning_set).delete()
    memberships = Membership.objects.filter(learning_set=learning_set)
    memberships.exclude(left_at=None).delete()
    memberships.update(left_at=at, left_how="closed", ended_by=None, facilitates_until=None)
    LearningSet.objects.filter(pk=learning_set.pk).update(
        erased_at=at,
        purpose="",
        own_protocols=[],
        skills=[],
        own_skills=[],
        started_by=None,
        closing_by=None,
    )
    learning_set.seats_moved()
    keys.destroy(learning_set.key_id, at=at)
