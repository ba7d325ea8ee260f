"""Reminders of meetings that are due, planned in one pass; prints what it took.

Takes how many. A tenth of them is planned before, to tell what each further hundred costs.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from setwise.meetings import coming_up  # noqa: E402
from setwise.meetings.models import Meeting  # noqa: E402
from setwise.outbox.models import Letter  # noqa: E402
from setwise.people.models import Person  # noqa: E402
from setwise.project.cli.starting import migrate  # noqa: E402
from setwise.sets.models import LearningSet, Membership  # noqa: E402
from setwise.vault import keys  # noqa: E402

SEATS, MEETINGS = 5, 5  # in each set; so many reminders a set: 25
DAY = timedelta(days=1)
FIRST = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def people() -> list[Person]:
    return [Person.objects.create_user(f"p{n}@setwise.example", f"P {n}") for n in range(200)]


def meet_tomorrow(everyone: list[Person], *, reminders: int, at: datetime) -> None:
    """Sets that each meet five times the day after `at`, arranged long before."""
    before, key = at - 30 * DAY, keys.make_key()
    sets = [
        LearningSet(name=f"Set {number}", key=key, started_at=before)
        for number in range(reminders // (SEATS * MEETINGS))
    ]
    LearningSet.objects.bulk_create(sets, batch_size=40)
    seats, meetings = list[Membership](), list[Meeting]()
    for number, each in enumerate(sets):
        for seat in range(SEATS):
            person = everyone[(number * SEATS + seat) % len(everyone)]
            seats.append(Membership(learning_set=each, person=person, joined_at=before))
        for hour in range(MEETINGS):
            meeting = Meeting(learning_set=each, zone="Europe/London", arranged_at=before)
            meeting.set_time(at + DAY + timedelta(hours=hour), 60)
            meetings.append(meeting)
    Membership.objects.bulk_create(seats, batch_size=40)
    Meeting.objects.bulk_create(meetings, batch_size=40)


def plan(*, at: datetime) -> dict[str, Any]:
    """One pass, as the worker makes it."""
    queries = [0]

    def count(execute: Any, *arguments: Any) -> Any:
        queries[0] += 1
        return execute(*arguments)

    began, before = time.perf_counter(), Letter.objects.count()
    with connection.execute_wrapper(count):
        posted = coming_up.post_due(at=at)
    assert Letter.objects.count() - before == posted
    seconds = time.perf_counter() - began
    return {"posted": posted, "queries": queries[0], "seconds": round(seconds, 1)}


def main(count: int) -> None:
    migrate()
    everyone, passes = people(), []
    for number, reminders in enumerate((count // 10, count)):
        at = FIRST + number * 30 * DAY
        meet_tomorrow(everyone, reminders=reminders, at=at)
        passes.append(plan(at=at))
        assert passes[-1]["posted"] == reminders, passes
    few, many = passes
    more = (many["queries"] - few["queries"]) / (0.9 * count / 100)
    print(json.dumps(many | {"few": few, "queries_a_hundred_more": round(more, 2)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
