"""After two absences in a row one kind note, to the member and to the facilitator. Nobody counts."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from setwise.people.mailing import post
from setwise.people.models import Person
from setwise.room.models import CheckIn, Room
from setwise.sets.models import Membership


def post_notes(room: Room) -> None:
    """Post the note about each member who was away from this meeting and the one before it.

    Whoever was away from three has had it, and whoever had not joined by the earlier one gets none.
    Call in the transaction that closes the room.
    """
    held = list(
        Room.objects.filter(
            meeting__learning_set=room.meeting.learning_set_id,
            meeting__starts_at__lt=room.meeting.starts_at,
            closed_at__isnull=False,
        )
        .exclude(closed_itself=True, recording=False, course_json__moves=0)  # never used
        .select_related("meeting")
        .order_by("-meeting__starts_at")[:2]
    )
    if not held:
        return
    here = _attendance([room, *held])
    seats = Membership.objects.seated().filter(learning_set=room.meeting.learning_set_id)
    seats = seats.select_related("person")
    facilitator = next((seat.person for seat in seats if seat.is_facilitator), None)
    for seat in seats.filter(is_member=True, joined_at__lte=held[0].meeting.starts_at):
        missed = [seat.person_id not in here[each.id] for each in (room, *held)]
        missed_before = missed[2:] == [True] and seat.joined_at <= held[1].meeting.starts_at
        if missed[:2] == [True, True] and not missed_before:
            for reader in dict.fromkeys(filter(None, (seat.person, facilitator))):
                _post(room, seat.person, reader, facilitator)


def _attendance(rooms: list[Room]) -> dict[UUID, set[UUID]]:
    """By room, whom the set checked in."""
    found: dict[UUID, set[UUID]] = {room.id: set() for room in rooms}
    rows = CheckIn.objects.filter(room__in=rooms).exclude(admitted_at=None)
    for room_id, person_id in rows.values_list("room_id", "person_id"):
        found[room_id].add(person_id)
    return found


def _post(room: Room, member: Person, reader: Person, facilitator: Person | None) -> None:
    post(
        key=f"missed:{room.id}:{member.id}:{reader.id}",
        to=reader,
        template="room/email/missed",
        context={
            "learning_set": room.meeting.learning_set,
            "member": member,
            "facilitator": facilitator if facilitator != member else None,
            "url": settings.SETWISE_ORIGIN
            + reverse("today:set", args=[room.meeting.learning_set_id]),
        },
    )
