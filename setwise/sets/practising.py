"""What a set practises, and what its members chose to say that they want to grow."""

from __future__ import annotations

from dataclasses import dataclass

from setwise.coaching import guides
from setwise.coaching.guides import Guide
from setwise.people.models import Person
from setwise.sets.models import LearningSet, Membership


@dataclass(frozen=True, slots=True)
class Wish:
    """What one member wants to grow, as they show it to their set, and the guides for it."""

    person: Person
    growing: tuple[str, ...]
    guides: list[Guide]


def practised(learning_set: LearningSet, language: str) -> list[tuple[str, Guide]]:
    """The skills that the set chose from the list, each with the guide that teaches it."""
    known = guides.guides(language)
    return [
        (name, known[key])
        for key, name in guides.skills(language).items()
        if key in learning_set.skills
    ]


def wishes(person: Person, learning_set: LearningSet, language: str) -> list[Wish]:
    """Of those who show it to their sets alone; in one query."""
    rows = (
        Membership.objects.visible_to(person)
        .seated()
        .filter(learning_set=learning_set, person__shows_strengths=True)
    )
    return [
        Wish(each, tuple(each.growing), guides.suggested(each.growing, language))
        for each in (row.person for row in rows.select_related("person").order_by("person__name"))
        if each.growing
    ]
