"""Which reminders somebody gets and when: their choice, their day, and the clocks of their zone."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setwise.outbox import posting
from setwise.people import reminding
from setwise.people.models import Person, ReminderChoice
from setwise.people.reminding import Choices, Reminder

pytestmark = pytest.mark.django_db
DAY = date(2027, 2, 9)
NOON = datetime(2027, 2, 9, 12, 0, tzinfo=UTC)
LONDON, KATHMANDU, ST_JOHNS = "Europe/London", "Asia/Kathmandu", "America/St_Johns"


def somebody(zone: str = LONDON, **choice: object) -> Person:
    person = Person.objects.create_user(f"{uuid.uuid4().hex}@setwise.example", "P", zone=zone)
    if choice:
        ReminderChoice.objects.create(person=person, **choice)
    return person


def reminder(person: Person, day: date = DAY, **more: object) -> Reminder[None]:
    given = {
        "about": None,
        "kind": "meeting_day",
        "key": f"r:{person.pk}",
        "until": NOON + timedelta(days=2),
    }
    return Reminder(person=person, day=day, **(given | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "day", "due"),
    [
        (LONDON, date(2027, 3, 27), "2027-03-27T08:00"),
        (LONDON, date(2027, 3, 28), "2027-03-28T07:00"),
        (LONDON, date(2027, 10, 31), "2027-10-31T08:00"),
        (KATHMANDU, DAY, "2027-02-09T02:15"),
        (ST_JOHNS, DAY, "2027-02-09T11:30"),
    ],
)
def test_it_comes_at_the_hour_that_its_reader_chose(zone: str, day: date, due: str) -> None:
    person = somebody(zone)
    moment, second = datetime.fromisoformat(due + "+00:00"), timedelta(seconds=1)
    asked = [reminder(person, day, until=moment + timedelta(days=1))]
    assert reminding.ready(asked, at=moment - second) == []
    assert reminding.ready(asked, at=moment) == asked
    ReminderChoice.objects.create(person=person, hour=18)
    evening = moment + timedelta(hours=10)
    assert reminding.ready(asked, at=evening - second) == []
    assert reminding.ready(asked, at=evening) == asked


def test_it_comes_once_and_not_too_late() -> None:
    late, known = somebody(), somebody()
    posting.post(key=reminder(known).key, to=known, template="people/email/changed", context={})
    assert reminding.ready([reminder(late, until=NOON), reminder(known)], at=NOON) == []
    asked = [reminder(late), reminder(known)]
    assert reminding.ready(asked, at=NOON) == asked[:1]
    assert reminding.ready(asked, at=NOON + timedelta(hours=9, minutes=1)) == []  # night
    assert reminding.ready(asked, at=NOON + timedelta(hours=20)) == asked[:1]  # next morning


@pytest.mark.parametrize("kind", reminding.KINDS)
def test_a_kind_that_somebody_switched_off_does_not_come(kind: str) -> None:
    person, other = somebody(), somebody()
    reminding.switch_off(person, kind)
    off = reminding.choices_of([person])[person.pk]
    assert {each for each in reminding.KINDS if not off.wants(each)} == {kind}
    asked = [reminder(person, kind=kind), reminder(other, kind=kind)]
    assert reminding.ready(asked, at=NOON) == asked[1:]


def test_a_weekly_e_mail_comes_instead_and_stopping_it_brings_nothing_back() -> None:
    person = somebody(manner="weekly", poll=False)
    choices = reminding.choices_of([person])[person.pk]
    assert choices.digest and not any(choices.wants(kind) for kind in reminding.KINDS)
    assert choices.gathers("meeting_day") and not choices.gathers("poll")
    reminding.switch_off(person, reminding.DIGEST)
    choices = reminding.choices_of([person])[person.pk]
    assert not choices.digest and not any(choices.wants(kind) for kind in reminding.KINDS)


def test_whoever_chose_nothing_gets_them_all_singly() -> None:
    person = somebody()
    assert reminding.choices_of([person]) == {person.pk: Choices()}
    assert all(Choices().wants(kind) for kind in reminding.KINDS) and not Choices().digest


def test_many_take_as_many_queries_as_one() -> None:
    people, counts = [somebody() for _ in range(9)], []
    for some in (people[:1], people[1:]):
        with CaptureQueriesContext(connection) as seen:
            assert len(reminding.ready([reminder(each) for each in some], at=NOON)) == len(some)
            assert len(reminding.feet(some, "poll", at=NOON)) == len(some)
        counts.append(len(seen))
    assert counts[0] == counts[1]
