"""A meeting that was closed is over, however early."""

from __future__ import annotations

from datetime import timedelta

import pytest

from setwise.actions import progressing
from setwise.actions.models import Action
from setwise.meetings import scheduling
from setwise.outbox.models import Letter
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


@pytest.mark.parametrize(("state", "waits"), [("going", True), ("done", False)])
def test_the_letter_that_waits_for_the_morning_lists_no_action_that_was_done_overnight(
    held: Cast, state: str, waits: bool
) -> None:
    action = Action.objects.filter(meeting=held.meeting, confirmed_at__isnull=False).earliest(
        "decided_at"
    )
    waiting = Letter.objects.filter(name__contains="after_meeting", state="waiting")
    theirs = waiting.filter(name__contains=str(action.owner_id))
    before = waiting.count()
    assert theirs.count() == 1
    progressing.tell(action, state=state, at=held.play.at)
    assert theirs.exists() == waits
    assert waiting.count() == before - (not waits)
