"""Who holds the controls, told from the facts of a room: no query, no clock of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from setwise.protocols.course import Course
from setwise.room.snapshot import Here

GONE_AFTER = timedelta(minutes=2)  # out of sight so long, whoever held the controls has gone
TOLD_FOR = timedelta(minutes=2)  # so long everybody's page says who took them
HOW = {
    "given": "{to} now holds the controls.",
    "gone": "{to} now holds the controls.",
    "round": "{to} holds the controls while {before} presents.",
    "back": "{to} holds the controls again.",
}


def is_gone(holder: Here | None, *, since: datetime, at: datetime) -> bool:
    """Whether nobody who is here holds the controls.

    The holder has left, or was not seen for two minutes. A locked phone is no more than that: they
    are still checked in. `since` is when they began to hold them, for a browser that was never seen.
    """
    if holder is None or holder.status != "entered":
        return True
    return not holder.present and at - max(holder.seen_at or since, since) >= GONE_AFTER


def stand_ins(
    people: Iterable[Here], *, presenters: Collection[UUID], day_chair: UUID | None
) -> list[Here]:
    """Who may hold the controls while their holder presents, the one proposed first.

    Whoever has the room open: the facilitator, then whoever chairs today, then by name.
    """
    here = [p for p in people if p.status == "entered" and p.present and p.id not in presenters]
    return sorted(here, key=lambda p: (not p.is_facilitator, p.id != day_chair, p.name))


def coming_round(course: Course) -> int | None:
    """The number of the round under way, or else of the next one."""
    return next((stop.round for stop in course.stops[course.position :] if stop.round), None)


def is_over(course: Course, number: int) -> bool:
    """Whether this round has no stage left, now or ahead."""
    return all(stop.round != number for stop in course.stops[course.position :])


def told(how: str, to: str, before: str, *, since: datetime | None, at: datetime) -> str:
    """What everybody is told of the last change, '' when it is long known."""
    if how not in HOW or not to or since is None or at - since > TOLD_FOR:
        return ""
    return HOW[how].format(to=to, before=before)
