"""A meeting that was closed is over, however early."""

from __future__ import annotations

from datetime import timedelta

import pytest

from setwise.meetings import scheduling
from tests.cast import Cast


def test_a_meeting_closed_early_is_neither_cancelled_nor_moved(held: Cast) -> None:
    at = held.play.at + timedelta(seconds=1)
    held.meeting.refresh_from_db()
    planned = held.meeting.starts_at + timedelta(minutes=held.meeting.minutes)
    assert held.meeting.ends_at <= at < planned
    with pytest.raises(scheduling.NotChangeable):
        scheduling.cancel(held.seat("facilitator"), held.meeting, at=at)
    held.meeting.refresh_from_db()
    assert held.meeting.cancelled_at is None
