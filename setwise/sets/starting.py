from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from setwise.people.models import Person
from setwise.sets.models import LearningSet, Membership
from setwise.vault import keys

AGAIN = timedelta(minutes=1)  # so long the same form is taken for a second press


@transaction.atomic
def start_set(
    person: Person,
    *,
    name: str,
    purpose: str,
    accent: str,
    takes_part: str,
    country: str = "",
    at: datetime,
) -> LearningSet:
    """Start a set with a key of its own. `takes_part` is `member`, `facilitator` or `both`.

    `country` says whose public holidays its dates go around.

    The same form sent twice starts one set: two presses at once wait for each other.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    words = {"name": name, "purpose": purpose, "accent": accent, "country": country}
    facts = words | {"started_by": person}
    seat = {"is_member": takes_part != "facilitator", "is_facilitator": takes_part != "member"}
    pressed_before = Membership.objects.seated().filter(
        person=person,
        joined_at__gt=at - AGAIN,
        learning_set__in=LearningSet.objects.filter(**facts, started_at__gt=at - AGAIN),
        **seat,
    )
    if earlier := pressed_before.select_related("learning_set").first():
        return earlier.learning_set
    learning_set = LearningSet.objects.create(**facts, key=keys.make_key(), started_at=at)
    Membership.objects.create(learning_set=learning_set, person=person, joined_at=at, **seat)
    return learning_set
