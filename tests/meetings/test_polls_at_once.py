"""Presses at the same moment: each is decided under the poll's lock, or its set's."""

from __future__ import annotations

import threading

import pytest
from django.utils import timezone

from setwise.meetings import polling, polls_due, settling
from setwise.meetings.models import Meeting, Poll
from tests.meetings.polls import days_on, opened, to_all
from tests.sets.gathering import gather
from tests.sets.mailbox import received
from tests.together import holding, together

pytestmark = pytest.mark.django_db(transaction=True)
AT = timezone.now()


def test_of_two_who_settle_different_dates_at_once_one_decides() -> None:
    three = gather(3)
    poll = opened(three.seat(0), at=AT)
    first, second = poll.dates.order_by("starts_at")[:2]
    assert together(
        lambda: settling.settle(three.seat(0), poll, dates=[first.pk], place=None, at=AT),
        lambda: settling.settle(three.seat(1), poll, dates=[second.pk], place=None, at=AT),
    ) == ["NotOpen", "done"]
    assert Meeting.objects.count() == 1
    assert set(received("fixed").values()) == {1}


def test_two_last_yeses_and_a_worker_settle_it_once() -> None:
    three = gather(3)
    poll = opened(three.seat(0), at=AT, settles_itself=True)
    polling.answer(three.seat(0), poll, given=to_all(poll, "yes"), at=AT)
    given = to_all(poll, "yes")
    assert together(
        lambda: polling.answer(three.seat(1), poll, given=given, at=AT),
        lambda: polling.answer(three.seat(2), poll, given=given, at=AT),
        lambda: polls_due.close_due(at=AT),
    ) == ["done", "done", "done"]
    assert Meeting.objects.count() == 1
    assert set(received("fixed").values()) == {1}


def test_a_new_poll_and_the_settling_of_the_last_one_do_not_meet() -> None:
    """On PostgreSQL: neither a deadlock over the set's row, nor a settled poll called off."""
    three = gather(3)
    poll = opened(three.seat(0), at=AT)
    polling.close(three.seat(0), poll, at=AT)
    first, both = poll.dates.earliest("starts_at").pk, threading.Barrier(2)

    def settle() -> None:
        with holding(both, before='INSERT INTO "meetings_meeting"'):
            settling.settle(three.seat(0), poll, dates=[first], place=None, at=AT)

    def ask() -> None:
        with holding(both, before='UPDATE "meetings_poll" SET "cancelled_at"'):
            opened(three.seat(1), at=AT)

    outcome = together(settle, ask)
    poll.refresh_from_db()
    settled = ["done", "done"] if poll.settled_at else ["NotOpen", "done"]
    assert outcome == settled
    assert Meeting.objects.count() == bool(poll.settled_at)
    assert Poll.objects.count() == 2


def test_of_two_who_open_a_poll_at_once_one_is_led_to_the_other() -> None:
    three = gather(3)
    assert together(
        lambda: opened(three.seat(0), at=AT),
        lambda: opened(three.seat(1), at=AT, dates=(days_on(AT, 20),)),
    ) == ["OneOpen", "done"]
    assert Poll.objects.count() == 1
