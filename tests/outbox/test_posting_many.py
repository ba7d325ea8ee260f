"""Many letters at once: in as many queries as one, each once, each in its reader's zone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setwise.outbox import posting
from setwise.outbox.models import Letter
from setwise.people.models import Person
from setwise.vault import keys

pytestmark = pytest.mark.django_db
TEMPLATE = "people/email/changed"


def people(count: int, letter: str = "p") -> list[Person]:
    return [Person.objects.create_user(f"{letter}{n}@setwise.example", "P") for n in range(count)]


def items(readers: list[Person]) -> list[posting.Item]:
    return [posting.Item(f"many:{each.pk}", each, TEMPLATE, {}) for each in readers]


def test_fifty_take_as_many_queries_as_one() -> None:
    one, many = people(1, "one"), people(50)
    counts = []
    for readers in (one, many):
        with CaptureQueriesContext(connection) as seen:
            assert posting.post_all(items(readers)) == len(readers)
        counts.append(len(seen))
    assert counts[0] == counts[1] < 5
    assert Letter.objects.filter(state="waiting").count() == 51


def test_the_same_keys_again_post_nothing() -> None:
    readers = people(3)
    assert posting.post_all(items(readers[:2])) == 2
    assert posting.post_all(items(readers)) == 1
    assert posting.posted(["many:x", f"many:{readers[0].pk}"]) == {f"many:{readers[0].pk}"}


def test_whoever_was_erased_gets_none_and_holds_up_nobody() -> None:
    readers = people(3)
    keys.destroy(readers[1].key_id)
    assert posting.post_all(items(readers)) == 2
    assert not Letter.objects.filter(to_email=readers[1].email).exists()


def test_those_to_come_by_day_know_their_readers_zones() -> None:
    readers = people(2)
    readers[0].zone = "Asia/Kathmandu"
    for by_day in (False, True):
        posting.post_all(
            [replace(each, key=f"{each.key}:{by_day}", by_day=by_day) for each in items(readers)]
        )
    zones = Letter.objects.order_by("name").values_list("day_zone", flat=True)
    assert sorted(zones) == ["", "", "Asia/Kathmandu", "Europe/London"]
