"""SETWISE_MAIL_RATE holds for all processes together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from setwise.outbox import pacing, sending
from setwise.outbox.models import Letter
from setwise.project import environment
from tests.outbox.test_sending import Postman, write
from tests.together import together

SECOND = timedelta(seconds=1)


@pytest.mark.django_db
def test_letters_leave_one_after_the_other_at_the_rate(settings: Any) -> None:
    settings.SETWISE_MAIL_RATE = environment_rate("30")
    at = timezone.now()
    left = [s for s in range(60) if pacing.may_send(at=at + s * SECOND)]
    assert left == list(range(0, 60, 2))


@pytest.mark.django_db
def test_no_more_is_made_up_for_than_a_second(settings: Any) -> None:
    settings.SETWISE_MAIL_RATE = 5
    at = timezone.now()
    assert sum(pacing.may_send(at=at) for _ in range(99)) == 1  # as the first ever: nothing unused
    later = at + timedelta(hours=1)
    assert sum(pacing.may_send(at=later) for _ in range(99)) == 6
    assert sum(pacing.may_send(at=later + SECOND) for _ in range(99)) == 5


@pytest.mark.django_db
def test_a_look_sends_what_the_rate_allows_and_leaves_the_rest(
    settings: Any, postman: Postman
) -> None:
    for number in range(3):
        write(f"letter-{number}")
    settings.SETWISE_MAIL_RATE = 1 / 3600
    assert [sending.send_due(at=timezone.now()) for _ in range(3)] == [1, 0, 0]
    assert list(Letter.objects.filter(attempts=0).values_list("state", flat=True)) == [
        "waiting",
        "waiting",
    ]
    settings.SETWISE_MAIL_RATE = 0
    assert sending.send_due(at=timezone.now()) == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_no_two_take_one_moment(settings: Any) -> None:
    settings.SETWISE_MAIL_RATE = 10
    at, taken = timezone.now(), list[bool]()
    pacing.may_send(at=at - timedelta(hours=1))

    def work() -> None:
        taken.extend(pacing.may_send(at=at) for _ in range(10))

    assert together(*[work] * 4) == ["done"] * 4
    assert (len(taken), sum(taken)) == (40, 11)  # those of the second before, and this moment's


def environment_rate(value: str) -> float:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SETWISE_TEST_RATE", value)
        return environment.rate("SETWISE_TEST_RATE")


@pytest.mark.parametrize(
    ("value", "a_minute"),
    [("", 0), ("120", 120), ("5/second", 300), ("90/minute", 90), ("600/hour", 10)],
)
def test_a_rate_is_so_many_a_minute_or_what_is_said(value: str, a_minute: float) -> None:
    assert environment_rate(value) * 60 == pytest.approx(a_minute)


@pytest.mark.parametrize("value", ["0", "-1", "fast", "5/day", "5/", "1.5", "²"])
def test_what_is_no_rate_is_told(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="5/second"):
        environment_rate(value)
