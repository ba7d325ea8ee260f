"""What a set has arranged: its meetings and its rules; and what Today then says of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from setwise.meetings import replying, scheduling
from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.sets import agreeing, amending, seats
from setwise.sets.models import GroundRules, LearningSet
from setwise.today.things import Thing
from tests.actions.company import browser, somebody


def seat(name: str, learning_set: LearningSet) -> seats.Seat:
    return seats.take(somebody(name), learning_set.pk)


def meet(
    learning_set: LearningSet,
    starts_at: datetime,
    *,
    by: str,
    title: str = "",
    zone: str = "Europe/London",
) -> Meeting:
    """Fix a meeting of two hours."""
    plan = scheduling.Plan(starts_at, zone, 120, title=title, place="Room 2")
    return scheduling.fix(seat(by, learning_set), plan=plan, at=timezone.now(), quietly=True)


def reply(meeting: Meeting, name: str, answer: str = "yes") -> None:
    """Answer, before the meeting is over."""
    at = meeting.starts_at - timedelta(days=1)
    replying.reply(seat(name, meeting.learning_set), meeting, answer=answer, at=at)


def propose(learning_set: LearningSet, *, by: str) -> GroundRules:
    proposer, at = seat(by, learning_set), timezone.now()
    rules = amending.draft(proposer, at=at)
    amending.propose(proposer, rules, at=at, quietly=True)
    return rules


def agree(rules: GroundRules, *names: str) -> None:
    for name in names:
        agreeing.answer(seat(name, rules.learning_set), rules, says="yes", at=timezone.now())


def things(person: Person) -> dict[str, Thing | None]:
    """By the set's name, the next thing that Today gives this person."""
    rows = browser(person).get("/").context["rows"]
    return {learning_set.name: thing for learning_set, thing in rows}


def next_of(person: Person) -> str:
    """The sentence and the button of the one thing in the person's only set; '' for nothing."""
    (thing,) = things(person).values()
    return f"{thing.sentence} [{thing.button}]" if thing else ""
