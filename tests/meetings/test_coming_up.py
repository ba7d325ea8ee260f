"""Reminders of a meeting: a week and a day before, in each reader's own day, once, none pointless."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setwise.meetings import coming_up, replying, scheduling
from setwise.meetings.models import Meeting
from setwise.outbox.models import Letter
from setwise.people import reminding
from setwise.people.models import Person, ReminderChoice
from setwise.people.reminding import Reminder
from setwise.sets import seating, seats
from setwise.sets.models import LearningSet, Membership
from setwise.sets.starting import start_set
from tests.meetings.planning import plan
from tests.sets.gathering import Gathered
from tests.sets.mailbox import mail

pytestmark = pytest.mark.django_db
ARRANGED = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
ZONES = ("Europe/London", "Asia/Kathmandu", "America/St_Johns")
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment + "+00:00")


@pytest.fixture
def people(three: Gathered) -> list[Person]:
    for person, zone in zip(three.people, ZONES, strict=True):
        person.zone = zone
        person.save()
    return three.people


def meet(
    three: Gathered, moment: str = "2027-03-30T13:00", arranged: datetime = ARRANGED
) -> Meeting:
    meeting = scheduling.fix(
        three.seat(0), plan=plan(starts_at=at(moment)), at=arranged, quietly=True
    )
    meeting.replies.all().delete()
    return meeting


def reminded(kind: str = "meeting") -> list[str]:
    """Whom letters reminded, in the order in which they were posted."""
    rows = Letter.objects.filter(template="meetings/email/coming_up", name__contains=f":{kind}")
    emails = rows.order_by("posted_at", "to_email").values_list("to_email", flat=True)
    return [Person.objects.get(email=email).zone for email in emails]


def run(*moments: str) -> list[int]:
    return [coming_up.post_due(at=at(moment)) for moment in moments]


def test_each_is_reminded_in_the_morning_of_their_own_day(
    three: Gathered, people: list[Person]
) -> None:
    """Across London's night of 28 March, in which the clocks go forward."""
    meet(three)
    week = ("2027-03-23T02:14", "2027-03-23T02:15", "2027-03-23T07:59", "2027-03-23T08:00")
    assert run(*week, "2027-03-23T10:29", "2027-03-23T10:30") == [0, 1, 0, 1, 0, 1]
    assert reminded("meeting_week") == ["Asia/Kathmandu", "Europe/London", "America/St_Johns"]
    day = ("2027-03-29T02:14", "2027-03-29T02:15", "2027-03-29T06:59", "2027-03-29T07:00")
    rest = ("2027-03-29T10:29", "2027-03-29T10:30", "2027-03-30T12:00")
    assert run(*day, *rest) == [0, 1, 0, 1, 0, 1, 0]
    assert reminded("meeting_day") == ["Asia/Kathmandu", "Europe/London", "America/St_Johns"]


def test_as_the_clocks_go_back_too(three: Gathered, people: list[Person]) -> None:
    meet(three, "2027-11-01T14:00")
    assert run("2027-10-25T06:59", "2027-10-25T07:00") == [1, 1]
    assert run("2027-10-31T07:59", "2027-10-31T08:00") == [1, 1]


def test_a_worker_that_slept_reminds_by_day_and_not_too_late(
    three: Gathered, people: list[Person]
) -> None:
    meet(three)
    assert run("2027-03-23T22:00") == [1]  # in London and Kathmandu it is night; in St John’s not
    assert run("2027-03-24T09:00", "2027-03-25T14:00") == [2, 0]
    assert reminded("meeting_week")[0] == "America/St_Johns"
    meet(three, "2027-05-11T13:00")
    assert run("2027-05-06T13:00") == [0]  # the week’s is of no use any more
    assert run("2027-05-11T12:59") == [3]  # better a minute before than never
    assert run("2027-05-11T13:00") == [0]


def test_nobody_is_reminded_of_what_was_news_since(three: Gathered, people: list[Person]) -> None:
    meet(three, "2027-03-30T13:00", arranged=at("2027-03-24T12:00"))
    assert run("2027-03-24T12:00", "2027-03-24T19:00") == [0, 0]
    assert run("2027-03-29T12:00") == [3]


def test_a_move_is_news_as_well(three: Gathered, people: list[Person]) -> None:
    """Moved to a week from now, or to tomorrow, nobody is told the same again at once."""
    meeting = meet(three)
    for now, then, later in (
        ("2027-03-22T12:00", "2027-03-29T13:00", "2027-03-28T12:00"),
        ("2027-03-28T13:00", "2027-03-29T17:00", "2027-03-29T16:00"),
    ):
        scheduling.move(three.seat(0), meeting, plan=plan(starts_at=at(then)), at=at(now))
        assert run(now) == [0]
        assert run(later) == ([3] if then == "2027-03-29T13:00" else [0])
    other = plan(starts_at=at("2027-03-29T17:00"), place="Room 4")
    moved = scheduling.move(three.seat(0), meeting, plan=other, at=at("2027-03-29T16:00"))
    assert moved.moved_at == at("2027-03-28T13:00")  # a new place is no new time


def test_apologies_end_it_and_a_yes_changes_its_words(
    three: Gathered, people: list[Person]
) -> None:
    meeting = meet(three)
    now = at("2027-03-20T12:00")
    replying.reply(three.seat(0), meeting, answer="yes", at=now)
    replying.reply(three.seat(1), meeting, answer="apologies", at=now)
    assert run("2027-03-29T12:00") == [2]
    said, asked = (
        next(letter for letter in mail(about="coming_up") if letter.to == people[n].email)
        for n in (0, 2)
    )
    assert "You said that you are coming" in said.text and "not answered" not in said.text
    assert "You have not answered yet" in asked.text and "said that" not in asked.text
    assert "/meetings/answer/" in said.text and "/meetings/answer/" in asked.text
    assert "Stop e-mails of this kind" in asked.text and "/meeting_day/" in asked.text


@pytest.mark.parametrize(
    "why", ["cancelled", "left", "suspended", "closed", "off", "weekly", "over"]
)
def test_nobody_is_reminded_for_no_reason(three: Gathered, people: list[Person], why: str) -> None:
    meeting, expected = meet(three), 2
    third = Membership.objects.filter(person=people[2])
    match why:
        case "cancelled":
            scheduling.cancel(three.seat(0), meeting, at=ARRANGED)
            expected = 0
        case "left":
            third.update(left_at=ARRANGED)
        case "suspended":
            third.update(suspended_at=ARRANGED)
        case "closed":
            LearningSet.objects.update(closed_at=ARRANGED)
            expected = 0
        case "off":
            reminding.switch_off(people[2], "meeting_day")
        case "weekly":
            ReminderChoice.objects.create(person=people[2], manner="weekly")
        case "over":
            Meeting.objects.update(starts_at=ARRANGED, ends_at=ARRANGED + DAY)
            expected = 0
    assert run("2027-03-29T12:00") == [expected]


def waiting() -> set[str]:
    rows = Letter.objects.filter(template="meetings/email/coming_up", state="waiting")
    return set(rows.values_list("to_email", flat=True))


def test_what_waits_for_a_mail_server_is_withdrawn_once_it_is_pointless(
    three: Gathered, people: list[Person]
) -> None:
    meeting = meet(three)
    run("2027-03-29T12:00")
    assert waiting() == {each.email for each in people}
    replying.reply(three.seat(1), meeting, answer="yes", at=at("2027-03-29T12:30"))
    assert waiting() == {people[0].email, people[2].email}
    new = plan(starts_at=at("2027-04-20T13:00"))
    scheduling.move(three.seat(0), meeting, plan=new, at=at("2027-03-29T13:00"))
    assert waiting() == set()
    assert run("2027-04-19T12:00") == [3]  # of the new time each is reminded anew
    scheduling.cancel(three.seat(0), meeting, at=at("2027-04-19T13:00"))
    assert waiting() == set()


@pytest.mark.parametrize("what", ["cancelled", "moved", "apologies", "left"])
def test_nobody_is_reminded_of_what_changed_as_it_was_planned(
    three: Gathered, people: list[Person], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, now, ready = meet(three), at("2027-03-29T11:00"), reminding.ready
    changes: dict[str, Callable[[], object]] = {
        "cancelled": lambda: scheduling.cancel(three.seat(0), meeting, at=now),
        "moved": lambda: scheduling.move(
            three.seat(0), meeting, plan=plan(starts_at=at("2027-04-20T13:00")), at=now
        ),
        "apologies": lambda: replying.reply(three.seat(1), meeting, answer="apologies", at=now),
        "left": lambda: seating.leave(three.seat(1), at=now),
    }

    def meanwhile(rows: list[Reminder[Meeting]], **more: datetime) -> list[Reminder[Meeting]]:
        found = ready(rows, **more)
        changes[what]()
        return found

    monkeypatch.setattr(reminding, "ready", meanwhile)
    assert run("2027-03-29T12:00") == [0 if what in ("cancelled", "moved") else 2]
    assert people[1].email not in waiting()


def test_the_letter_ends_with_the_meeting_s_beginning(
    three: Gathered, people: list[Person]
) -> None:
    meeting = meet(three)
    run("2027-03-23T12:00", "2027-03-29T12:00")
    rows = Letter.objects.filter(to_email=people[0].email).order_by("expires_at")
    ends = list(rows.values_list("expires_at", flat=True))
    assert ends == [meeting.starts_at - 5 * DAY, meeting.starts_at]


def test_a_hundred_take_as_many_queries_as_a_few(three: Gathered, people: list[Person]) -> None:
    """Two sets, or twenty: nothing is asked a meeting or a person."""
    meet(three)
    counts = []
    for sets in (2, 20):
        for number in range(sets):
            crowd(f"{sets}-{number}")
        with CaptureQueriesContext(connection) as seen:
            assert coming_up.post_due(at=at("2027-03-29T12:00")) == (3 + 6 if sets == 2 else 60)
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 1  # letters are written seventy at a time on SQLite


def crowd(name: str, *more: Person) -> LearningSet:
    """A set of three, and perhaps more, with a meeting."""
    people = [Person.objects.create_user(f"{name}-{n}@setwise.example", "P") for n in range(3)]
    row = start_set(
        people[0], name=name, purpose="", accent="plum", takes_part="member", at=ARRANGED
    )
    for person in (*people[1:], *more):
        Membership.objects.create(learning_set=row, person=person, joined_at=ARRANGED)
    fixed = plan(starts_at=at("2027-03-30T13:00"))
    scheduling.fix(seats.take(people[0], row.pk), plan=fixed, at=ARRANGED, quietly=True)
    return row
