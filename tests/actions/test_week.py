"""The weekly e-mail: once, on its reader's day, with what is theirs and nothing of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setwise.actions import deciding, falling_due, progressing, week
from setwise.actions.deciding import Decision
from setwise.actions.models import Action
from setwise.meetings import coming_up, polling, replying, scheduling
from setwise.meetings.models import Meeting
from setwise.people import reminding
from setwise.people.models import Person, ReminderChoice
from setwise.sets import seats
from setwise.sets.models import LearningSet
from tests.actions.company import decided, gather, leave, somebody
from tests.meetings.planning import plan
from tests.meetings.polls import days_on, opened, to_all
from tests.sets.mailbox import Mail, mail

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
FRIDAY = "2027-03-26T18:00"  # in London still winter time; the clocks go forward two days later
NOW = datetime(2027, 3, 26, 18, 0, tzinfo=UTC)
OWN, OTHERS = "Ring the night nurse", "Write to the ward manager"


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment + "+00:00")


def run(*moments: str) -> list[int]:
    return [week.post_due(at=at(moment)) for moment in moments]


@pytest.fixture
def weekly(amara: Person) -> Person:
    ReminderChoice.objects.create(person=amara, manner="weekly", weekday=4, hour=18)
    return amara


@pytest.fixture
def meeting(learning_set: LearningSet) -> Meeting:
    ruth = seats.take(somebody("ruth"), learning_set.pk)
    return scheduling.fix(ruth, plan=plan(starts_at=NOW + timedelta(days=6)), at=LONG_AGO)


def due(owner: Person, learning_set: LearningSet, text: str, days: int = 3) -> Action:
    action = decided(owner, learning_set, text, due_on=(NOW + timedelta(days=days)).date())
    Action.objects.filter(pk=action.pk).update(decided_at=LONG_AGO)
    return action


def told() -> list[Mail]:
    return mail(about="week")


def test_it_comes_once_a_week_on_the_day_and_hour_chosen(
    weekly: Person, learning_set: LearningSet
) -> None:
    due(weekly, learning_set, OWN)
    assert run("2027-03-26T17:59", FRIDAY, "2027-03-26T19:00", "2027-03-27T12:00") == [0, 1, 0, 0]
    assert run("2027-04-02T16:59", "2027-04-02T17:00") == [0, 1]  # summer time now
    for zone, before, then in (
        ("Asia/Kathmandu", "2027-04-09T12:14", "2027-04-09T12:15"),
        ("America/St_Johns", "2027-04-16T20:29", "2027-04-16T20:30"),
    ):
        Person.objects.filter(pk=weekly.pk).update(zone=zone)
        assert run(before, then) == [0, 1]


def test_a_worker_that_slept_sends_it_by_day_and_not_days_late(
    weekly: Person, learning_set: LearningSet
) -> None:
    due(weekly, learning_set, OWN)
    assert run("2027-03-26T22:00", "2027-03-27T06:59", "2027-03-27T07:00") == [0, 0, 1]
    assert run("2027-04-04T12:00") == [0]


def test_it_tells_what_is_the_readers_own(
    weekly: Person, learning_set: LearningSet, meeting: Meeting, tomasz: Person
) -> None:
    due(weekly, learning_set, OWN)
    due(tomasz, learning_set, OTHERS)
    opened(seats.take(somebody("niamh"), learning_set.pk), at=NOW - timedelta(days=1))
    assert run(FRIDAY) == [1]
    (letter,) = told()
    assert letter.to == weekly.email and OWN in letter.prose and OTHERS not in letter.words
    assert not any(name in letter.words for name in ("Tomasz", "Niamh", "Ruth"))
    assert "Thursday 1 April 2027, 19:00 (London time) Seminar room 2" in letter.prose
    for link in ("/meetings/answer/", "/actions/update/", "/polls/answer/", "/digest/"):
        assert link in letter.text and link in letter.html, link
    assert OWN not in letter.subject


def test_what_is_done_or_answered_is_left_out_and_an_empty_one_is_not_sent(
    weekly: Person, learning_set: LearningSet, meeting: Meeting
) -> None:
    seat = seats.take(weekly, learning_set.pk)
    poll = opened(seats.take(somebody("ruth"), learning_set.pk), at=NOW - timedelta(days=1))
    action = due(weekly, learning_set, OWN)
    due(weekly, learning_set, "Much later", days=60)
    polling.answer(seat, poll, given=to_all(poll, "yes"), at=NOW)
    progressing.tell(action, state="done", at=NOW)
    replying.reply(seat, meeting, answer="yes", at=NOW)
    assert run(FRIDAY) == [1]
    (letter,) = told()
    assert "You are coming." in letter.prose
    assert "ACTIONS" not in letter.text and "DATES" not in letter.text
    replying.reply(seat, meeting, answer="apologies", at=NOW)
    assert run("2027-04-02T17:00") == [0]


def test_a_date_added_since_waits_for_an_answer_too(
    weekly: Person, learning_set: LearningSet
) -> None:
    ruth = seats.take(somebody("ruth"), learning_set.pk)
    poll = opened(ruth, at=NOW - timedelta(days=1))
    polling.answer(seats.take(weekly, learning_set.pk), poll, given=to_all(poll, "yes"), at=NOW)
    assert run(FRIDAY) == [0]
    polling.add_date(ruth, poll, starts_at=days_on(NOW, 20), at=NOW)
    assert run(FRIDAY) == [1]
    assert "/polls/answer/" in told()[0].text


def test_a_facilitator_from_outside_is_asked_for_dates_too(
    weekly: Person, learning_set: LearningSet
) -> None:
    learning_set.memberships.update(is_facilitator=False)
    learning_set.memberships.filter(person=weekly).update(is_member=False, is_facilitator=True)
    opened(seats.take(somebody("ruth"), learning_set.pk), at=NOW - timedelta(days=1))
    assert run(FRIDAY) == [1]
    assert "/polls/answer/" in told()[0].text


def test_what_was_decided_since_the_last_one_is_told_with_any_date(
    weekly: Person, learning_set: LearningSet
) -> None:
    action = decided(weekly, learning_set, OWN)
    Action.objects.filter(pk=action.pk).update(decided_at=NOW - timedelta(days=2))
    assert run(FRIDAY, "2027-04-02T17:00") == [1, 0]


@pytest.mark.parametrize("off", ["meetings", "poll", "actions"])
def test_a_kind_that_is_off_is_left_out_of_it(
    weekly: Person, learning_set: LearningSet, meeting: Meeting, off: str
) -> None:
    due(weekly, learning_set, OWN)
    opened(seats.take(somebody("ruth"), learning_set.pk), at=NOW - timedelta(days=1))
    kinds = {"meetings": ("meeting_week", "meeting_day"), "poll": ("poll",)}
    names = kinds.get(off, ("action_due", "action_overdue", "after_meeting"))
    ReminderChoice.objects.update(**dict.fromkeys(names, False))
    assert run(FRIDAY) == [1]
    (letter,) = told()
    heads = {"meetings": "YOUR COMING MEETINGS", "poll": "DATES THAT WAIT", "actions": "YOUR OWN"}
    assert {each for each, head in heads.items() if head not in letter.text} == {off}


def test_it_comes_instead_of_the_others(
    weekly: Person, learning_set: LearningSet, meeting: Meeting
) -> None:
    due(weekly, learning_set, OWN, days=0)
    for days in range(7):
        moment = NOW.replace(hour=12) + timedelta(days=days)
        coming_up.post_due(at=moment)
        falling_due.post_due(at=moment)
    assert {letter.to for letter in mail(about="coming_up")} == {
        somebody(name).email for name in ("ruth", "tomasz", "niamh")
    }
    assert mail(about="due") == []


def test_stopping_it_and_leaving_the_set_end_it(
    weekly: Person, learning_set: LearningSet, meeting: Meeting
) -> None:
    leave(weekly, learning_set)
    assert run(FRIDAY) == [0]  # nothing to tell
    due(weekly, learning_set, OWN)
    reminding.switch_off(weekly, reminding.DIGEST)
    assert run(FRIDAY) == [0]


def test_many_take_as_many_queries_as_few(db: None) -> None:
    counts = []
    for name, number in (("few", 3), ("many", 30)):
        people = [f"{name}{each}" for each in range(number)]
        for start in range(0, number, 3):
            found = gather(*people[start : start + 3], name=name)
            ruth = seats.take(somebody(people[start]), found.pk)
            scheduling.fix(ruth, plan=plan(starts_at=NOW + timedelta(days=6)), at=LONG_AGO)
            opened(ruth, at=NOW - timedelta(days=1))
        for each in people:
            ReminderChoice.objects.create(
                person=somebody(each), manner="weekly", weekday=4, hour=18
            )
            deciding.commit(
                owner=somebody(each),
                learning_set=found,
                meeting=None,
                decision=Decision(OWN, NOW.date()),
                at=LONG_AGO,
            )
        with CaptureQueriesContext(connection) as seen:
            assert run(FRIDAY) == [number]
        counts.append(len(seen))
        ReminderChoice.objects.all().delete()
    assert counts[0] == counts[1]
