"""Two who press at the same moment, each in a thread and a transaction of their own."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from setwise.protocols import commands
from setwise.protocols.engine import Refused
from setwise.room import confirming, editing, moving, parts, presenting, records
from setwise.room.entering import locked
from setwise.room.models import Room, Round
from tests.together import together


@pytest.mark.django_db(transaction=True)
def test_two_presses_in_two_threads_move_one_step_and_tell_the_second() -> None:
    from setwise.room import opening
    from tests.cast import cast

    company = cast()
    opening.open_room(company.seat("facilitator"), company.meeting, at=company.play.at)
    outcomes: list[str] = []

    def press() -> None:
        try:
            with transaction.atomic():
                entry = locked(company.people["facilitator"], company.meeting.pk)
                moving.move(entry, commands.Next(0), at=timezone.now())
            outcomes.append("moved")
        except Refused as refused:
            outcomes.append(refused.reason.name)

    assert together(press, press) == ["done", "done"]
    assert sorted(outcomes) == ["MOVED_ALREADY", "moved"]
    assert Room.objects.get().course.position == 1


@pytest.mark.django_db(transaction=True)
def test_a_draft_confirmed_from_the_record_waits_for_an_edit_under_way() -> None:
    from tests.cast import cast

    with transaction.atomic():
        company = cast(held=True)
    amara, niamh = company.keys["amara"], company.keys["niamh"]
    row = Round.objects.get(number=1)
    presenting.draft(niamh, row, name="feedback", words="Heard so.", at=company.play.at)
    draft, at, done = row.drafts.get(), timezone.now(), threading.Event()

    def confirm() -> None:
        try:
            confirming.confirm(amara, row.room, kind="part", pk=draft.pk, at=at)
        finally:
            done.set()
            connection.close()

    other = threading.Thread(target=confirm)
    mine = records.own(amara, row.pk)
    with transaction.atomic():
        records.locked(mine)
        other.start()
        assert not done.wait(0.5)
        seen = {each.name: each.seen for each in parts.parts(row)}
        words = {"statement": "Reworded meanwhile"}
        editing.edit(mine, editing.Edit(words, {"statement": seen["statement"]}), at=at)
    other.join()
    row.refresh_from_db()
    assert (row.words("statement"), row.words("feedback")) == ("Reworded meanwhile", "Heard so.")
