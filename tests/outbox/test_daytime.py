"""What its reader gets by day only leaves by day, whatever held it up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from setwise.outbox import daytime, posting, sending
from setwise.outbox.models import Letter
from setwise.people.models import Person
from tests.outbox.test_sending import Postman

LONDON, KATHMANDU, ST_JOHNS = "Europe/London", "Asia/Kathmandu", "America/St_Johns"
EVENING = datetime(2099, 2, 9, 20, 30, tzinfo=UTC)  # in London too; no clock of a test is there yet
NIGHT, MORNING = EVENING + timedelta(hours=1), EVENING + timedelta(hours=10, minutes=30)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("zone", "at", "is_day"),
    [
        (LONDON, "2027-02-09T06:59:59", False),
        (LONDON, "2027-02-09T07:00:00", True),
        (LONDON, "2027-02-09T20:59:59", True),
        (LONDON, "2027-02-09T21:00:00", False),
        (LONDON, "2027-03-28T05:59:59", False),  # the clocks went forward in that night
        (LONDON, "2027-03-28T06:00:00", True),
        (LONDON, "2027-10-31T06:59:59", False),  # and back in this one
        (LONDON, "2027-10-31T07:00:00", True),
        (KATHMANDU, "2027-02-09T01:14:59", False),  # five hours and three quarters ahead
        (KATHMANDU, "2027-02-09T01:15:00", True),
        (KATHMANDU, "2027-02-09T15:15:00", False),
        (ST_JOHNS, "2027-02-09T10:29:59", False),  # three and a half behind
        (ST_JOHNS, "2027-02-09T10:30:00", True),
        (ST_JOHNS, "2027-07-09T09:30:00", True),  # two and a half in summer
    ],
)
def test_none_is_sent_at_night_where_its_reader_is(zone: str, at: str, is_day: bool) -> None:
    moment = datetime.fromisoformat(at + "+00:00")
    assert daytime.is_day(zone, moment) is is_day
    assert (daytime.by_day(zone, moment) == moment) is is_day


@pytest.mark.parametrize(
    ("zone", "at", "morning"),
    [
        (LONDON, "2027-03-27T22:00", "2027-03-28T06:00"),
        (LONDON, "2027-03-28T03:00", "2027-03-28T06:00"),
        (LONDON, "2027-10-30T21:30", "2027-10-31T07:00"),
        (KATHMANDU, "2027-02-09T16:00", "2027-02-10T01:15"),
        (KATHMANDU, "2027-02-08T23:00", "2027-02-09T01:15"),
        (ST_JOHNS, "2027-03-14T05:00", "2027-03-14T09:30"),  # Canada's clocks that night
        (ST_JOHNS, "2027-02-10T01:00", "2027-02-10T10:30"),
    ],
)
def test_what_falls_due_at_night_waits_for_the_morning(zone: str, at: str, morning: str) -> None:
    found = daytime.by_day(zone, datetime.fromisoformat(at + "+00:00"))
    assert found == datetime.fromisoformat(morning + "+00:00")


@pytest.fixture
def letter() -> Letter:
    """A reminder for somebody in London, and beside it a letter that may come at any hour."""
    person = Person.objects.create_user("bo@setwise.example", "Bo", zone=LONDON)
    for key, by_day in (("reminder", True), ("news", False)):
        posting.post(key=key, to=person, template="people/email/changed", context={}, by_day=by_day)
    return Letter.objects.get(name="reminder")


@pytest.mark.django_db
def test_a_reminder_that_is_held_up_until_the_night_leaves_in_the_morning(
    letter: Letter, postman: Postman
) -> None:
    postman.answers = ["451 later"]
    assert sending.send_due(at=EVENING) == 1
    Letter.objects.filter(state="waiting").update(due_at=NIGHT)  # its pause is over
    assert sending.send_due(at=NIGHT) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.due_at, letter.attempts) == ("waiting", MORNING, 1)
    assert sending.send_due(at=MORNING - SECOND) == 0
    assert sending.send_due(at=MORNING) == 1


@pytest.mark.django_db
def test_at_night_it_holds_up_no_other_letter(letter: Letter, postman: Postman) -> None:
    assert sending.send_due(at=NIGHT, limit=1) == 1
    assert list(Letter.objects.filter(state="sent").values_list("name", flat=True)) == ["news"]


@pytest.mark.django_db
def test_one_that_a_worker_had_in_hand_when_it_died_waits_too_and_is_doubtful(
    letter: Letter, postman: Postman
) -> None:
    assert sending._claim(letter, EVENING)
    sending.send_due(at=NIGHT)
    letter.refresh_from_db()
    assert (letter.state, letter.due_at, letter.doubts) == ("waiting", MORNING, 1)


@pytest.mark.django_db
def test_in_another_workers_hands_it_is_left_there(letter: Letter) -> None:
    taken = Letter.objects.get(pk=letter.pk)
    assert sending._claim(taken, NIGHT)
    assert sending._put_off(letter, NIGHT)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("claimed", 1)


@pytest.mark.django_db
def test_what_is_of_no_use_in_the_morning_never_leaves(letter: Letter, postman: Postman) -> None:
    Letter.objects.filter(pk=letter.pk).update(expires_at=MORNING)
    sending.send_due(at=NIGHT)
    assert sending.send_due(at=MORNING) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.body_sealed) == ("expired", None)
