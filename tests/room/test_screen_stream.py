"""The big screen's stream as the real server sends it."""

from __future__ import annotations

import time

import pytest

from tests.room.test_stream import STATEMENT, Room, server
from tests.room.visiting import Visitor
from tests.serving import Server

__all__ = ["server"]
pytestmark = pytest.mark.server
SCREEN = "screen/stream/"
PRESENT = """
from setwise.room.models import Presence
found = Presence.objects.select_related("person")
print("HERE", *sorted(row.person.email.split("@")[0] for row in found))
"""


def test_it_follows_the_room_without_a_word_and_makes_nobody_present(server: Server) -> None:
    room = Room(server)
    dele = room.people["dele"].watch(room.meeting, SCREEN)  # a seat, and not checked in
    niamh = room.people["niamh"].watch(room.meeting, SCREEN)
    amara = room.people["amara"].watch(room.meeting)
    room.to_bidding()
    assert room.do("amara", "bids/", issue=STATEMENT) == 204
    amara.until(STATEMENT)
    room.next()
    for screen in (dele, niamh):
        assert set(screen.until("Nobody presents yet")["regions"]) == {"screen"}
        assert STATEMENT not in screen.everything
        assert "<form" not in screen.everything and "<button" not in screen.everything
    time.sleep(3)  # presence is written every two seconds
    assert server.ask(PRESENT).split("HERE ")[1].split() == ["amara"]


def test_nobody_outside_the_gate_gets_it_and_it_ends_with_the_session(server: Server) -> None:
    room = Room(server)
    assert Visitor(server).watch(room.meeting, SCREEN).status == 403
    nowhere = "00000000-0000-4000-8000-000000000000"
    assert room.people["amara"].watch(nowhere, SCREEN).status == 404
    screen = room.people["amara"].watch(room.meeting, SCREEN)
    screen.until("Check-in")
    assert room.people["amara"].post("/accounts/logout/").status == 302
    room.next()
    while message := screen.next():
        last = message
    assert last[0] == "gone"
