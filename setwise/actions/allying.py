"""An ally: someone of the set who sees one action and helps, once they have said yes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from setwise.actions.models import Action
from setwise.people.models import Person


def possible(action: Action) -> QuerySet[Person]:
    """Who may be asked: the others in the set now."""
    return (
        Person.objects.filter(
            memberships__learning_set=action.learning_set_id,
            memberships__left_at=None,
            memberships__suspended_at=None,
        )
        .exclude(pk=action.owner_id)
        .order_by("name")
    )


def asked_of(person: Person) -> QuerySet[Action]:
    """Open actions whose owners ask this person to be their ally; their words stay closed."""
    return Action.objects.filter(ally=person, ally_accepted_at=None).open().select_related("owner")


def answer(person: Person, action_id: UUID, *, yes: bool, at: datetime) -> bool:
    """Say yes or no. False where nobody asks this person."""
    asked = Action.objects.filter(pk=action_id, ally=person, ally_accepted_at=None)
    return bool(asked.update(ally_accepted_at=at) if yes else asked.update(ally=None))
