"""A room that nobody closed is no meeting that is on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from setwise.meetings.models import Meeting
from setwise.room import opening
from setwise.sets.models import LearningSet
from tests.actions.company import gather, somebody
from tests.today.arranging import agree, meet, next_of, propose, reply, seat

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MEMBERS = ("amara", "tomasz", "niamh", "yusuf")
ON = "Your meeting is on. [Go to the room]"
FIX = "No meeting is fixed yet. [Fix a meeting]"
WRITING = "Your last meeting is being written down. [Go to the room]"


@pytest.fixture
def learning_set(set_clock: Callable[[datetime], None]) -> LearningSet:
    set_clock(NOW)
    learning_set = gather(*MEMBERS)
    agree(propose(learning_set, by="amara"), *MEMBERS)
    return learning_set


def opened(learning_set: LearningSet, *, recording: bool = False) -> Meeting:
    """A meeting of two hours, its room open: from now on, or to write it down afterwards."""
    meeting = meet(learning_set, NOW - 3 * HOUR if recording else NOW, by="amara")
    reply(meeting, "tomasz")
    opening.open_room(seat("amara", learning_set), meeting, recording=recording, at=NOW)
    return meeting


@pytest.mark.parametrize(("hours", "thing"), [(0, ON), (13.99, ON), (14, FIX), (999, FIX)])
def test_twelve_hours_after_its_end_it_is_forgotten(
    learning_set: LearningSet,
    set_clock: Callable[[datetime], None],
    hours: float,
    thing: str,
) -> None:
    opened(learning_set)
    set_clock(NOW + hours * HOUR)
    assert next_of(somebody("tomasz")) == thing


def test_the_next_meeting_is_asked_about_then(
    learning_set: LearningSet, set_clock: Callable[[datetime], None]
) -> None:
    opened(learning_set)
    meet(learning_set, NOW + timedelta(days=30), by="amara")
    assert next_of(somebody("tomasz")) == ON
    set_clock(NOW + timedelta(days=1))
    assert next_of(somebody("tomasz")) == "A meeting is fixed. Are you coming? [Answer]"


def test_the_room_of_a_cancelled_meeting_is_not_on(learning_set: LearningSet) -> None:
    meeting = opened(learning_set)
    assert next_of(somebody("tomasz")) == ON
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_at=timezone.now())
    assert next_of(somebody("tomasz")) == FIX


@pytest.mark.parametrize(("hours", "thing"), [(1, WRITING), (71, WRITING), (72, FIX)])
def test_a_recording_is_written_for_three_days_once_begun(
    learning_set: LearningSet,
    set_clock: Callable[[datetime], None],
    hours: float,
    thing: str,
) -> None:
    opened(learning_set, recording=True)
    set_clock(NOW + hours * HOUR)
    assert next_of(somebody("tomasz")) == thing
