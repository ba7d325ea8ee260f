"""What can be told at the next progress step: what is open, and what ended since the last one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from setwise.actions import progressing
from setwise.actions.models import Action
from setwise.meetings import scheduling
from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.sets import seats
from setwise.sets.models import LearningSet
from tests.actions.company import decided, gather, somebody

pytestmark = pytest.mark.django_db
FIRST = datetime(2027, 1, 12, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def meet(learning_set: LearningSet, weeks: int, *, cancelled: bool = False) -> Meeting:
    row = scheduling.fix(
        seats.take(somebody("ruth"), learning_set.pk),
        plan=scheduling.Plan(FIRST + weeks * WEEK, "Europe/London", 120, place="Here"),
        at=FIRST - WEEK,
        quietly=True,
    )
    if cancelled:
        Meeting.objects.filter(pk=row.pk).update(cancelled_at=FIRST)
    return row


def ended(owner: Person, learning_set: LearningSet, state: str, at: datetime) -> Action:
    action = decided(owner, learning_set, state)
    progressing.tell(action, state=state, at=at)
    return action


def told(owner: Person, meeting: Meeting) -> set[str]:
    rows = Action.objects.visible_to(owner).filter(owner=owner).to_tell_at(meeting)
    return {row.text() for row in rows}


def test_what_ended_after_the_meeting_before_began_is_told_with_what_is_open(
    learning_set: LearningSet, amara: Person
) -> None:
    before, now = meet(learning_set, 0), meet(learning_set, 6)
    decided(amara, learning_set, "open")
    progressing.tell(decided(amara, learning_set, "going"), state="going", at=FIRST - WEEK)
    ended(amara, learning_set, "done", before.starts_at)
    for state in ("changed", "let go"):
        ended(amara, learning_set, state, before.starts_at + WEEK)
    assert told(amara, now) == {"open", "going", "changed", "let go"}
    assert told(amara, before) == {"open", "going", "done", "changed", "let go"}


def test_a_cancelled_meeting_is_no_meeting_and_a_later_one_none_before(
    learning_set: LearningSet, amara: Person
) -> None:
    meet(learning_set, 0)
    meet(learning_set, 3, cancelled=True)
    now = meet(learning_set, 6)
    meet(learning_set, 9)
    ended(amara, learning_set, "done", FIRST + WEEK)
    assert told(amara, now) == {"done"}


def test_another_sets_actions_and_meetings_count_for_nothing(
    learning_set: LearningSet, amara: Person
) -> None:
    meet(learning_set, 0)
    now = meet(learning_set, 6)
    other = gather("ruth", "amara", name="Another set")
    meet(other, 5)
    ended(amara, learning_set, "done", FIRST + WEEK)
    decided(amara, other, "elsewhere")
    assert told(amara, now) == {"done"}


def test_a_note_takers_draft_is_not_told(
    learning_set: LearningSet, amara: Person, draft: Action
) -> None:
    assert told(amara, meet(learning_set, 0)) == set()
