"""Two who press at the same moment, each in a thread and a transaction of their own."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from setwise.protocols import commands
from setwise.protocols.engine import Refused
from setwise.room import moving
from setwise.room.entering import locked
from setwise.room.models import Room


@pytest.mark.django_db(transaction=True)
def test_two_presses_in_two_threads_move_one_step_and_tell_the_second() -> None:
    from setwise.room import opening
    from tests.cast import cast

    company = cast()
    opening.open_room(company.seat("facilitator"), company.meeting, at=company.play.at)
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def press() -> None:
        try:
            together.wait()
            with transaction.atomic():
                entry = locked(company.people["facilitator"], company.meeting.pk)
                moving.move(entry, commands.Next(0), at=timezone.now())
            outcomes.append("moved")
        except Refused as refused:
            outcomes.append(refused.reason.name)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["MOVED_ALREADY", "moved"]
    assert Room.objects.get().course.position == 1
