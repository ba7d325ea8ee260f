"""A small set of a test's own, where the case's full one would leave no seat to take."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from setwise.people.models import Person
from setwise.sets import seats
from setwise.sets.models import LearningSet, Membership
from setwise.sets.starting import start_set

NAMES = ("Anwen", "Bo", "Chidi", "Delyth", "Emre", "Farah", "Gethin", "Hana", "Ines")


@dataclass(frozen=True, slots=True)
class Gathered:
    learning_set: LearningSet
    people: list[Person]

    def seat(self, number: int) -> seats.Seat:
        return seats.take(self.people[number], self.learning_set.pk)

    def membership(self, number: int) -> Membership:
        return self.learning_set.memberships.current().get(person=self.people[number])


def gather(size: int, *, starter: str = "member") -> Gathered:
    """A set of `size` people, all members but perhaps the first, who starts it as `starter`."""
    people = [newcomer(name) for name in NAMES[:size]]
    at = timezone.now()
    learning_set = start_set(
        people[0], name="Estuary set", purpose="", accent="plum", takes_part=starter, at=at
    )
    for person in people[1:]:
        join(learning_set, person)
    return Gathered(learning_set, people)


def join(learning_set: LearningSet, person: Person) -> Membership:
    return Membership.objects.create(
        learning_set=learning_set, person=person, joined_at=timezone.now()
    )


def newcomer(name: str) -> Person:
    return Person.objects.create_user(f"{name.lower()}@estuary.example", name)
