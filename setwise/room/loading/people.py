from __future__ import annotations

from datetime import datetime

from setwise.meetings.models import Reply
from setwise.room import waiting
from setwise.room.models import Bid, CheckIn, CheckOut, Presence, Room
from setwise.room.models.presence import LIVES
from setwise.room.snapshot import Here
from setwise.sets.models import Membership


def people_of(room: Room, *, at: datetime) -> tuple[Here, ...]:
    """Who belongs to the set, and how they are here; as new as `people_version` and the seats."""
    check_ins = {row.person_id: row for row in CheckIn.objects.filter(room=room)}
    replies = dict(Reply.objects.filter(meeting=room.meeting_id).values_list("person", "answer"))
    bidders = set(Bid.objects.filter(room=room, passed=False).values_list("person_id", flat=True))
    out = set(CheckOut.objects.filter(room=room).values_list("person_id", flat=True))
    until = dict(Presence.objects.filter(room=room).values_list("person_id", "until"))
    presented = waiting.last_presented(room.meeting.learning_set_id, but=room)
    seats = (
        Membership.objects.seated()
        .filter(learning_set=room.meeting.learning_set_id)
        .select_related("person")
        .order_by("person__name")
    )
    return tuple(
        Here(
            id=seat.person_id,
            name=seat.person.name,
            role=seat.person.role,
            is_member=seat.is_member,
            is_facilitator=seat.facilitates,
            facilitates_until=seat.facilitates_until,
            status=_status(check_ins.get(seat.person_id), replies.get(seat.person_id, "")),
            entered_at=getattr(check_ins.get(seat.person_id), "entered_at", None),
            present=until.get(seat.person_id, at) > at,
            seen_at=until[seat.person_id] - LIVES if seat.person_id in until else None,
            has_bid=seat.person_id in bidders,
            has_checked_out=seat.person_id in out,
            joined_at=seat.joined_at,
            last_presented_on=presented.get(seat.person_id),
            hand_at=getattr(check_ins.get(seat.person_id), "hand_raised_at", None),
        )
        for seat in seats
    )


def _status(row: CheckIn | None, answer: str) -> str:
    if row is None:
        return "apologies" if answer == "apologies" else "absent"
    if row.left_at:
        return "left"
    if row.entered_at:
        return "entered"
    return "admitted" if row.admitted_at else "waiting"
