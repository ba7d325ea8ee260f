"""What polls do by themselves: ask again by day and twice at most, close, settle, forget."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from setwise.meetings import poll_mail, polling, polls_due
from setwise.meetings.asking_again import moments
from setwise.meetings.models import Poll, PollComment
from setwise.outbox.models import Letter
from setwise.people import linking, reminding
from setwise.people.models import Link
from setwise.project.worker import BY_THE_DAY
from setwise.sets import seating, seats
from setwise.sets.models import LearningSet
from setwise.sets.starting import start_set
from tests.meetings.polls import days_on, opened, to_all
from tests.sets.gathering import Gathered, join, newcomer
from tests.sets.mailbox import Mail, mail

AT = datetime(2027, 1, 5, 9, tzinfo=UTC)  # a poll of a week: half-way on 8 January at 21:00
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def poll(three: Gathered) -> Poll:
    """Anwen asks Bo in London and Chidi in Kathmandu."""
    three.people[2].zone = "Asia/Kathmandu"
    three.people[2].save()
    return opened(three.seat(0), at=AT)


def asked() -> list[str]:
    rows = Letter.objects.filter(template="meetings/email/poll_again", state="waiting")
    return [
        row.split("@")[0] for row in rows.order_by("posted_at").values_list("to_email", flat=True)
    ]


def run(*hours_after: float) -> list[int]:
    return [polls_due.ask_due(at=AT + timedelta(hours=each)) for each in hours_after]


def test_a_poll_asks_half_way_and_a_day_before_it_closes_if_it_is_long_enough() -> None:
    assert moments(opened_at=AT, closes_at=AT + 7 * DAY) == [AT + 3.5 * DAY, AT + 6 * DAY]
    assert moments(opened_at=AT, closes_at=AT + 3 * DAY) == [AT + 1.5 * DAY]
    assert moments(opened_at=AT, closes_at=AT + DAY) == [AT + DAY / 2]
    assert moments(opened_at=AT, closes_at=AT + 23 * HOUR) == []


def test_whoever_has_not_answered_is_asked_again_by_day_where_they_are(
    three: Gathered, poll: Poll
) -> None:
    polling.answer(three.seat(0), poll, given=to_all(poll, "yes"), at=AT)
    assert run(83.9) == [0]
    assert run(84) == [0]  # nine at night in London, and long after in Kathmandu
    assert run(84.5) == [0]  # within the hour nothing is looked at
    assert run(85, 88.4, 89.4) == [0, 0, 1]  # eight in Kathmandu: 02:15 in London
    assert asked() == ["chidi"]
    assert run(94) == [1]
    assert asked() == ["chidi", "bo"]
    assert run(*range(95, 140, 5)) == [0] * 9  # once for this time


def test_nobody_is_asked_more_than_twice(three: Gathered, poll: Poll) -> None:
    assert sum(run(*range(1, 170))) == 6  # Anwen too: a convenor may forget to answer
    assert sorted(asked()) == ["anwen", "anwen", "bo", "bo", "chidi", "chidi"]
    poll.refresh_from_db()
    assert poll.times_asked == 2


def test_nobody_is_asked_who_has_answered_left_or_said_no_reminders(
    three: Gathered, poll: Poll
) -> None:
    polling.answer(three.seat(0), poll, given=to_all(poll, "no"), at=AT)
    reminding.switch_off(three.people[1], "poll")
    seating.leave(three.seat(2), at=AT)
    assert sum(run(*range(84, 168))) == 0


def test_a_letter_that_waits_is_withdrawn_by_the_answer_and_its_link_replaces_the_first(
    three: Gathered, poll: Poll
) -> None:
    [first] = mail(about="poll_opened", to="bo@estuary.example")
    run(100)
    [again] = mail(about="poll_again", to="bo@estuary.example")
    assert token(first) != token(again)
    assert linking.find("poll", token(first), at=AT) is None
    polling.answer(three.seat(1), poll, given=to_all(poll, "no"), at=AT)
    assert "bo" not in asked()


def token(letter: Mail) -> str:
    found = re.search(r"/polls/answer/(\w+)/$", letter.text, re.MULTILINE)
    assert found
    return found[1]


def test_two_workers_ask_once(three: Gathered, poll: Poll) -> None:
    stale = Poll.objects.get(pk=poll.pk)
    at = AT + timedelta(hours=100)
    assert polls_due._ask(stale, at=at) == 3
    assert polls_due._ask(stale, at=at) == 0  # its moment was moved


def test_the_deadline_closes_it_and_tells_the_convenor_with_the_ranking(
    three: Gathered, poll: Poll
) -> None:
    polling.answer(three.seat(0), poll, given=to_all(poll, "yes"), at=AT)
    polling.answer(three.seat(1), poll, given=to_all(poll, "yes", first="no"), at=AT)
    assert polls_due.close_due(at=poll.closes_at - HOUR) == 0
    assert [polls_due.close_due(at=poll.closes_at) for _ in range(2)] == [1, 0]
    [letter] = mail(about="poll_closed")
    assert letter.to == "anwen@estuary.example"
    assert "Still to answer: Chidi." in letter.prose
    assert (
        "1. Wednesday 20 January 2027, 12:00 (London time) two of three, one still to"
        in letter.prose
    )
    assert f"/polls/{poll.pk}/" in letter.text
    assert mail(about="poll_opened") == []  # nothing asks for an answer any more


def test_a_poll_that_nobody_can_come_to_or_without_a_date_offers_another(
    three: Gathered, poll: Poll
) -> None:
    poll.dates.all().delete()
    polls_due.close_due(at=poll.closes_at)
    [letter] = mail(about="poll_closed")
    assert "No date is left to choose from." in letter.prose
    assert letter.text.count(f"/sets/{poll.learning_set_id}/polls/new/") == 1


def test_it_settles_once_the_last_who_had_not_said_yes_has_left(three: Gathered) -> None:
    poll = opened(three.seat(0), at=AT, settles_itself=True)
    for number in (0, 1):
        polling.answer(three.seat(number), poll, given=to_all(poll, "yes"), at=AT)
    polling.answer(three.seat(2), poll, given=to_all(poll, "no"), at=AT)
    assert polls_due.close_due(at=AT + HOUR) == 0
    seating.leave(three.seat(2), at=AT)
    assert polls_due.close_due(at=AT + HOUR) == 1
    poll.refresh_from_db()
    assert poll.meetings
    assert mail(about="poll_closed") == []


def test_somebody_who_joined_is_waited_for(three: Gathered) -> None:
    poll = opened(three.seat(0), at=AT, settles_itself=True)
    join(three.learning_set, newcomer("Delyth"))
    for number in range(3):
        poll = polling.answer(three.seat(number), poll, given=to_all(poll, "yes"), at=AT)
    assert poll.settled_at is None
    assert polls_due.close_due(at=poll.closes_at) == 1
    assert Poll.objects.get().settled_at is None


def test_a_closed_sets_poll_is_left_alone(three: Gathered, poll: Poll) -> None:
    LearningSet.objects.filter(pk=three.learning_set.pk).update(closed_at=AT)
    assert sum(run(*range(84, 168, 6))) == 0
    assert polls_due.close_due(at=poll.closes_at) == 0


def test_the_notes_of_a_closed_set_are_forgotten_too(three: Gathered, poll: Poll) -> None:
    polling.comment(three.seat(1), poll, words="By train.", at=AT)
    LearningSet.objects.filter(pk=three.learning_set.pk).update(closed_at=AT)
    assert polls_due.forget_notes(at=AT + 29 * DAY) == 0
    assert polls_due.forget_notes(at=AT + 30 * DAY) == 1


@pytest.mark.parametrize("news", ["again", "closed"])
def test_one_poll_in_trouble_holds_up_none_of_the_others(
    three: Gathered, poll: Poll, news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anwen = three.people[0]
    second = start_set(
        anwen, name="Second set", purpose="", accent="moss", takes_part="member", at=AT
    )
    later = opened(seats.take(anwen, second.pk), at=AT, closes_at=poll.closes_at + HOUR)
    post = getattr(poll_mail, news)

    def refuse(about: Poll, *args: Any, **rest: Any) -> object:
        if about == poll:
            raise RuntimeError("its letter cannot be written")
        return post(about, *args, **rest)

    monkeypatch.setattr(poll_mail, news, refuse)
    due = polls_due.ask_due if news == "again" else polls_due.close_due
    with pytest.raises(RuntimeError):
        due(at=AT + 5 * DAY if news == "again" else later.closes_at)
    assert [letter.subject[:11] for letter in mail(about=f"poll_{news}")] == ["Second set:"]
    assert Poll.objects.get(pk=poll.pk).closed_at is None


def test_notes_are_forgotten_a_month_after_the_poll(three: Gathered, poll: Poll) -> None:
    polling.comment(three.seat(1), poll, words="By train.", at=AT)
    polls_due.close_due(at=poll.closes_at)
    assert polls_due.forget_notes(at=poll.closes_at + 29 * DAY) == 0
    assert polls_due.forget_notes(at=poll.closes_at + 30 * DAY) == 1
    assert not PollComment.objects.exists()


def test_a_reply_goes_to_the_convenor_where_mail_comes_in(three: Gathered) -> None:
    with override_settings(SETWISE_REPLY_ADDRESS="set@in.example"):
        poll = opened(three.seat(0), at=timezone.now(), dates=(days_on(timezone.now(), 14),))
    assert len(poll_replies(poll)) == 2
    said = f"What you write in answer to this e-mail is read by {three.people[0]} alone."
    assert [said in letter.prose for letter in mail(about="poll_opened")] == [True, True]
    Poll.objects.update(closed_at=timezone.now())
    Letter.objects.all().delete()
    opened(three.seat(0), at=timezone.now(), dates=(days_on(timezone.now(), 14),))
    assert not any("answer to this e-mail" in letter.prose for letter in mail(about="poll_opened"))


def poll_replies(poll: Poll) -> list[Link]:
    return list(Link.objects.filter(purpose="reply-poll", about=poll.pk))


def test_the_worker_does_all_of_it() -> None:
    jobs = {polls_due.ask_due, polls_due.close_due, polls_due.forget_notes}
    assert jobs <= set(BY_THE_DAY)
