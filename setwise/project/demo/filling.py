"""Filling an empty database from a case, up to the moment before its meeting opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from setwise.actions.deciding import Decision, commit
from setwise.actions.models import Action
from setwise.meetings import scheduling
from setwise.meetings.models import Meeting, Reply
from setwise.people.models import Person
from setwise.project.demo.case import Case, starts_at
from setwise.sets import amending, countries, seats
from setwise.sets.agreeing import answer
from setwise.sets.amending import SETTINGS
from setwise.sets.models import LearningSet, Membership
from setwise.sets.starting import start_set

SIX_WEEKS = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a case became, its people by the key the case gives them."""

    case: Case
    people: dict[str, Person]
    learning_set: LearningSet
    meeting: Meeting
    last_actions: list[tuple[dict[str, Any], Action]]


def fill(case: Case, *, now: datetime) -> Filled:
    """Make the case's people, set, ground rules, meetings and last actions."""
    long_ago = now - 3 * SIX_WEEKS
    people = {each["key"]: _person(each) for each in case["people"]}
    learning_set = _set(case, people, long_ago)
    if case.get("rules") or case.get("ground_rules"):
        _rules(case, people, learning_set, long_ago)
    meeting = _meeting(case, people, learning_set, starts_at(case, now=now), now)
    earlier = _meeting(case, people, learning_set, meeting.starts_at - SIX_WEEKS, long_ago)
    Meeting.objects.filter(pk=earlier.pk).update(title="")
    last = [
        (each, _last_action(case, each, people, learning_set, earlier, meeting))
        for each in case.get("last_actions", ())
    ]
    return Filled(case, people, learning_set, meeting, last)


def seat_of(person: Person, learning_set: LearningSet) -> seats.Seat:
    return seats.take(person, learning_set.pk)


def _person(each: dict[str, Any]) -> Person:
    return Person.objects.create_user(
        each["email"],
        each["name"],
        role=each.get("role", ""),
        zone=each.get("zone", "Europe/London"),
        strengths=each.get("strengths", []),
        growing=each.get("growing", []),
        shows_strengths=bool(each.get("strengths") or each.get("growing")),
    )


def _set(case: Case, people: dict[str, Person], at: datetime) -> LearningSet:
    starter = next(iter(case["people"]))
    learning_set = start_set(
        people[starter["key"]],
        name=case["set"]["name"],
        purpose=case["set"].get("purpose", ""),
        accent="river",
        takes_part=starter.get("seat", "member"),
        country=countries.default_for(people[starter["key"]].zone),
        at=at,
    )
    for each in case["people"][1:]:
        Membership.objects.create(
            learning_set=learning_set,
            person=people[each["key"]],
            is_member=each.get("seat", "member") == "member",
            is_facilitator=each.get("seat") == "facilitator",
            joined_at=at,
        )
    return learning_set


def _rules(case: Case, people: dict[str, Person], learning_set: LearningSet, at: datetime) -> None:
    seat = seat_of(next(iter(people.values())), learning_set)
    given = dict(case.get("rules", {}))
    if "steward_sees_names" in given:
        given["steward_sees"] = "names" if given.pop("steward_sees_names") else "none"
    settings = {name: value for name, value in given.items() if name in SETTINGS}
    clauses = [(rule["subject"], rule["text"]) for rule in case.get("ground_rules", ())]
    draft = amending.draft(seat, at=at)
    rules = amending.write(seat, draft, settings=settings, clauses=clauses, at=at)
    amending.propose(seat, rules, at=at, quietly=True)
    for person in people.values():
        answer(seat_of(person, learning_set), rules, says="yes", at=at)


def _meeting(
    case: Case,
    people: dict[str, Person],
    learning_set: LearningSet,
    starts: datetime,
    at: datetime,
) -> Meeting:
    given = case["meeting"]
    facilitator = learning_set.memberships.filter(is_facilitator=True).first()
    arranger = facilitator.person if facilitator else next(iter(people.values()))
    meeting = scheduling.fix(
        seat_of(arranger, learning_set),
        plan=scheduling.Plan(
            starts_at=starts,
            zone=given["zone"],
            minutes=case.get("rules", {}).get("meeting_minutes", 120),
            title=given.get("title", ""),
            place=given.get("place", ""),
            link=given.get("link", ""),
        ),
        at=at,
        quietly=True,
    )
    for answer_, keys in (
        ("yes", given.get("present", ())),
        ("apologies", given.get("apologies", ())),
    ):
        for key in keys:
            Reply.objects.update_or_create(
                meeting=meeting,
                person=people[key],
                defaults={"answer": answer_, "answered_at": at},
            )
    return meeting


def _last_action(
    case: Case,
    each: dict[str, Any],
    people: dict[str, Person],
    learning_set: LearningSet,
    earlier: Meeting,
    meeting: Meeting,
) -> Action:
    due = meeting.local_start.date() + timedelta(days=each.get("due_days", 0))
    return commit(
        owner=people[each["who"]],
        learning_set=learning_set,
        meeting=earlier,
        decision=Decision(text=each["text"], due_on=due),
        at=earlier.ends_at,
    )
