from __future__ import annotations

from datetime import datetime

from django.db import transaction

from setwise.people.models import Person
from setwise.sets.models import LearningSet, Membership
from setwise.vault import keys


@transaction.atomic
def start_set(
    person: Person, *, name: str, purpose: str, accent: str, takes_part: str, at: datetime
) -> LearningSet:
    """Start a set with a key of its own. `takes_part` is `member`, `facilitator` or `both`."""
    learning_set = LearningSet.objects.create(
        name=name,
        purpose=purpose,
        accent=accent,
        key=keys.make_key(),
        started_by=person,
        started_at=at,
    )
    Membership.objects.create(
        learning_set=learning_set,
        person=person,
        is_member=takes_part != "facilitator",
        is_facilitator=takes_part != "member",
        joined_at=at,
    )
    return learning_set
