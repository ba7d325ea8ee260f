"""A set's home takes as many queries with many people, dates and records as with one of each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from setwise.meetings import scheduling
from setwise.room.models import Round
from tests.cast import cast
from tests.meetings.planning import plan
from tests.sets.gathering import gather, join, newcomer
from tests.sets.visiting import page, queries, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]


def test_people_and_meetings_past_and_coming() -> None:
    gathered, at = gather(1), timezone.now()
    client, url = signed_in(gathered.people[0]), f"/sets/{gathered.learning_set.id}/"

    def meet(days: int) -> None:
        start = at + timedelta(days=days)
        scheduling.fix(gathered.seat(0), plan=plan(starts_at=start, title=f"Day {days}"), at=at)

    for days in (-1, 1):
        meet(days)
    before = queries(client, url)
    for days in (-9, -8, 8, 9, 10):
        meet(days)
    for name in ("Bo", "Chidi", "Delyth"):
        join(gathered.learning_set, newcomer(name))
    words = page(client, url)
    assert all(each in words for each in ("Day -9", "Day 10", "Delyth", "Meetings held (3)"))
    assert queries(client, url) == before


def test_records_of_rounds() -> None:
    company = cast(held=True)
    client, url = signed_in(company.people["member"]), f"/sets/{company.learning_set.id}/"
    company.learning_set.ground_rules.update(record_readers="present")
    Round.objects.update(rule_readers="presenter")
    before = queries(client, url)
    assert page(client, url).count("/records/") == 1
    Round.objects.update(rule_readers="present")
    assert page(client, url).count("/records/") == 2
    assert queries(client, url) == before
