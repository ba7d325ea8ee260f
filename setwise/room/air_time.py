"""Bids that were not chosen: their authors' again, and theirs to carry over to the next meeting."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from setwise.people.models import Person
from setwise.room.entering import Entry, touch
from setwise.room.models import Bid, Room, Round
from setwise.room.refusing import Refusal


def release(rounds: QuerySet[Round]) -> None:
    """Drop rounds that have not begun and will not; the bids chosen for them are unchosen again."""
    for row in rounds.filter(started_at=None):
        bids = Bid.objects.filter(room=row.room_id, person__in=row.presenters)
        bids.update(chosen_at=None)
        row.delete()


def give_back(room: Room) -> None:
    """At the end of a meeting: what nobody heard goes back to its author, nothing twice.

    A bid of an earlier meeting has served once its author has bid or passed in a later one: it is
    erased. Call in the transaction that closes the room.
    """
    release(Round.objects.filter(room=room))
    here = Bid.objects.filter(room=room).values("person")
    earlier = Bid.objects.filter(
        room__meeting__learning_set=room.meeting.learning_set_id,
        room__opened_at__lt=room.opened_at,
        chosen_at=None,
        person__in=here,
    )
    earlier.delete()


def returned(person: Person, room: Room) -> Bid | None:
    """Their bid of this room, once it is closed, that was not chosen; None where there is none."""
    return _unchosen(person).filter(room=room, room__closed_at__isnull=False).first()


def carriable(person: Person, room: Room) -> Bid | None:
    """Their last bid of an earlier meeting of the set that was not chosen, None where there is none."""
    earlier = _unchosen(person).filter(
        room__meeting__learning_set=room.meeting.learning_set_id,
        room__opened_at__lt=room.opened_at,
        room__closed_at__isnull=False,
    )
    return earlier.order_by("-room__opened_at").first()


def carried(entry: Entry, bid_id: UUID) -> tuple[str, str]:
    """The words of a bid to carry over: issue and why now. Http404 for a bid that is not one's own."""
    row = carriable(entry.person, entry.room)
    if row is None or row.id != bid_id:
        raise Http404
    return row.words("issue"), row.words("why_now")


def let_go(entry: Entry, *, at: datetime) -> None:
    """Erase one's own bid that came back; it is offered no more. Again is once."""
    if entry.check_in is None:
        raise PermissionDenied("You were not in this meeting.")
    if entry.room.closed_at is None:
        raise Refusal("", "The meeting is still on. Pass, if you do not want to present.")
    row = returned(entry.person, entry.room)
    if row:
        row.delete()
        touch(entry.room, words=False)


def _unchosen(person: Person) -> QuerySet[Bid]:
    return Bid.objects.filter(person=person, chosen_at=None, passed=False).exclude(
        confirmed_at=None
    )
