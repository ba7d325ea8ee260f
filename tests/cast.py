"""The fixed cast, in the case's own set: who may see what is always asked of the same people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.project.demo.case import DEFAULT, Case, read
from setwise.project.demo.filling import fill, seat_of
from setwise.project.demo.playing import Play
from setwise.sets import seats
from setwise.sets.models import LearningSet, Membership
from setwise.sets.starting import start_set

ROLES = (
    "facilitator",
    "presenter",
    "member",
    "apologies",
    "late joiner",
    "former",
    "suspended",
    "other set",
    "operator",
    "stranger",
)


@dataclass(frozen=True, slots=True)
class Cast:
    """`people` by role; `keys` by the case's own names."""

    case: Case
    people: dict[str, Person]
    keys: dict[str, Person]
    learning_set: LearningSet
    meeting: Meeting
    play: Play

    def seat(self, role: str) -> seats.Seat:
        return seat_of(self.people[role], self.learning_set)

    def membership(self, role: str) -> Membership:
        return self.learning_set.memberships.get(person=self.people[role])


def cast(*, held: bool = False) -> Cast:
    """The case before its meeting opens, or after it was held; and everybody around it."""
    now = timezone.now()
    case = read(DEFAULT)
    filled = fill(case, now=now - timedelta(hours=3) if held else now)
    play = Play(filled)
    if held:
        play.hold()
    keys, learning_set = filled.people, filled.learning_set
    people = {
        "facilitator": keys["ruth"],
        "presenter": keys["amara"],
        "member": keys["tomasz"],
        "apologies": keys["dele"],
        "late joiner": person("late"),
        "former": person("former"),
        "suspended": person("suspended"),
        "other set": person("other"),
        "operator": person("operator", is_staff=True),
        "stranger": person("stranger"),
    }
    for role in ("late joiner", "former", "suspended"):
        row = Membership.objects.create(
            learning_set=learning_set, person=people[role], joined_at=now
        )
        if role == "former":
            row.left_at, row.left_how = now, "left"
        if role == "suspended":
            row.suspended_at = now
        row.save()
    start_set(
        people["other set"],
        name="Another set",
        purpose="",
        accent="plum",
        takes_part="both",
        at=now,
    )
    return Cast(case, people, keys, learning_set, filled.meeting, play)


def person(name: str, *, is_staff: bool = False) -> Person:
    return Person.objects.create_user(
        f"{name}@setwise.example", name.title(), zone="Asia/Kathmandu", is_staff=is_staff
    )
