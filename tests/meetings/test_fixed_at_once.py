"""The same meeting fixed by two presses of a form at the same moment, each in a thread of its own."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from setwise.meetings import scheduling
from setwise.meetings.models import Meeting
from setwise.meetings.scheduling import Plan
from tests.meetings.polls import days_on
from tests.sets.gathering import gather
from tests.sets.mailbox import received
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_meeting_fixed_by_presses_at_once_is_one() -> None:
    three, at = gather(3), timezone.now()
    plan = Plan(days_on(at, 20), "Europe/London", 120)
    press = partial(scheduling.fix, three.seat(0), plan=plan, at=at)
    assert together(press, press, press) == ["done"] * 3
    assert Meeting.objects.count() == 1
    assert set(received("fixed").values()) == {1}
