"""Two workers, and somebody who presses, at the same moment: it closes once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone

from setwise.outbox.models import Letter
from setwise.protocols import commands
from setwise.room import closing, left_open, moving, opening
from setwise.room.entering import locked
from setwise.room.models import Room


@pytest.mark.django_db(transaction=True)
def test_a_room_closes_once_whoever_closes_it() -> None:
    from tests.cast import cast

    company = cast()
    ruth, meeting = company.people["facilitator"], company.meeting.pk
    opening.open_room(company.seat("facilitator"), company.meeting, at=timezone.now())
    with transaction.atomic():
        moving.move(locked(ruth, meeting), commands.Next(0), at=timezone.now())
    room = Room.objects.get()
    assert room.closes_at
    at, closed = room.closes_at, []
    together = threading.Barrier(3)

    def press() -> int:
        with transaction.atomic():
            entry = locked(ruth, meeting)
            closing.close(entry, at=at)
            return int(entry.room.closed_at is None)

    def worker() -> int:
        return left_open.close_due(at=at)

    def run(what: Callable[[], int]) -> None:
        try:
            together.wait()
            closed.append(what())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in (press, worker, worker)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(closed) == [0, 0, 1]
    assert Letter.objects.filter(template="room/email/actions").count() == 1
    assert Room.objects.get().closed_at == at
