"""An ally: someone of the set who sees one action and helps, once they have said yes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, QuerySet

from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.sets.models import Membership


def possible(action: Action) -> QuerySet[Person]:
    """Who may be asked: the others in the set now. Nobody, once the owner has left it."""
    seats = Membership.objects.seated().filter(learning_set=action.learning_set_id)
    owner_in = Exists(seats.filter(person=action.owner_id))
    others = seats.exclude(person=action.owner_id).values("person")
    return Person.objects.filter(owner_in, pk__in=others).order_by("name")


def asked_of(person: Person) -> QuerySet[Action]:
    """Open actions whose owners ask this person to be their ally; their words stay closed."""
    return Action.objects.asking(person).open().select_related("owner")


def answer(person: Person, action_id: UUID, *, yes: bool, at: datetime) -> bool:
    """Say yes or no. False where nobody asks this person, or one of the two has left the set."""
    asked = Action.objects.asking(person).filter(pk=action_id)
    return bool(asked.update(ally_accepted_at=at) if yes else asked.update(ally=None))
