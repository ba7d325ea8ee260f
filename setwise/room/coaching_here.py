"""The question coach in a room: a hint to whoever is writing a question, and to nobody else.

Nothing of it is kept. How often somebody asks is held for seconds, in this process alone: a row about
it would tell who was writing when.
"""

from __future__ import annotations

from time import monotonic
from uuid import UUID

from django.core.exceptions import PermissionDenied

from setwise.coaching import hinting
from setwise.coaching.hinting import Hint, Setting
from setwise.protocols.reading import asks, clarifies, may_write
from setwise.room.entering import Entry

EVERY = 0.5  # seconds between two readings for one person, in the long run
AT_ONCE = 10  # readings that may come sooner
REMEMBERED = 1000  # people, before those who have paused are forgotten

_due: dict[UUID, float] = {}  # when each person's readings would have come, one EVERY seconds


def is_on(entry: Entry) -> bool:
    """Whether neither this person nor their set has switched the coach off."""
    return entry.person.coached and entry.seat.learning_set.coached


def must_be_on(entry: Entry) -> None:
    """Raise PermissionDenied for whoever has not entered, or where the coach is switched off."""
    entry.must_be_entered()
    if not is_on(entry):
        raise PermissionDenied("The question coach is switched off.")


def in_a_hurry(entry: Entry) -> bool:
    """Whether this person asks oftener than anybody types. Counts this time."""
    now, person = monotonic(), entry.person.id
    due = max(_due.get(person, 0.0), now)
    if due - now >= AT_ONCE * EVERY:
        return True
    if len(_due) >= REMEMBERED:
        for each in [each for each, moment in list(_due.items()) if moment <= now]:
            _due.pop(each, None)
    _due[person] = due + EVERY
    return False


def hint(entry: Entry, text: str) -> Hint | None:
    """What the coach says of a question being written now; None outside the stages of questions."""
    course = entry.room.course
    if entry.room.recording or not (may_write(course, "question") and asks(course)):
        return None
    setting = Setting(clarifying=clarifies(course), advice_permitted=course.follows.advice)
    return hinting.hint(text, setting)
