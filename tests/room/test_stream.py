"""The room's stream as the real server sends it."""

from __future__ import annotations

import signal

import pytest

from tests.room.visiting import Visitor
from tests.serving import Server

pytestmark = pytest.mark.server
MEETING = """
from setwise.meetings.models import Meeting
print("ID", Meeting.objects.exclude(title="").get().id)
"""
END = """
from django.utils import timezone
from setwise.sets import seating, seats
from setwise.sets.models import Membership
row = Membership.objects.select_related("learning_set").get(person__email__startswith="niamh@")
ruth = Membership.objects.select_related("person").get(person__email__startswith="ruth@")
seating.suspend(seats.of(ruth), row, at=timezone.now())
"""
STATEMENT = "How do I act fairly when every move looks like taking sides?"


@pytest.fixture
def server(served_alone: Server) -> Server:
    return served_alone


class Room:
    """The demo's room, opened by Ruth, with Amara and Niamh checked in."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.meeting = server.ask(MEETING).split("ID ")[1].strip()
        keys = ("ruth", "amara", "niamh", "dele")
        self.people = {key: Visitor.signed_in(server, key) for key in keys}
        self.do("ruth", "opening/")
        for key in ("amara", "niamh"):
            self.do(key, "knock/")
        self.do("ruth", "check-ins/")
        self.moves = 0

    def do(self, key: str, act: str, **words: str) -> int:
        return self.people[key].post(f"/rooms/{self.meeting}/{act}", **words).status

    def next(self) -> None:
        assert self.do("ruth", f"position/{self.moves}/", go="next") == 204
        self.moves += 1

    def to_bidding(self) -> None:
        self.next()
        self.next()


def test_stream_gives_the_whole_state_then_what_changes(server: Server) -> None:
    room = Room(server)
    stream = room.people["amara"].watch(room.meeting)
    assert stream.status == 200
    kind, first = stream.next() or ("", {})
    assert kind == "region"
    assert set(first["regions"]) == {
        *("clock", "news", "hands", "issue", "agenda", "stage", "people", "mine")
    }
    room.next()
    message = stream.until("Progress")
    assert "people" not in message["regions"]  # nobody came or went
    assert "<form" not in stream.everything
    assert "<input" not in stream.everything


def test_nobody_outside_the_gate_gets_a_stream_or_a_word(server: Server) -> None:
    room = Room(server)
    stranger = Visitor(server)
    assert stranger.watch(room.meeting).status == 403
    assert room.people["amara"].watch("00000000-0000-4000-8000-000000000000").status == 404

    amara, dele = room.people["amara"].watch(room.meeting), room.people["dele"].watch(room.meeting)
    room.to_bidding()
    assert room.do("amara", "bids/", issue=STATEMENT) == 204
    amara.until(STATEMENT)
    room.do("dele", "knock/")  # at the door, not yet checked in
    dele.until("You are at the door")
    assert STATEMENT not in dele.everything


def test_a_suspended_seat_ends_its_stream_before_another_word(server: Server) -> None:
    room = Room(server)
    room.to_bidding()
    niamh = room.people["niamh"].watch(room.meeting)
    niamh.until("Bid")
    server.ask(END)
    assert room.do("amara", "bids/", issue=STATEMENT) == 204
    while message := niamh.next():
        last = message
    assert last[0] == "gone"
    assert STATEMENT not in niamh.everything
    assert room.people["niamh"].watch(room.meeting).status == 404
    assert room.do("niamh", "knock/") == 404


def test_signing_out_ends_the_stream(server: Server) -> None:
    room = Room(server)
    room.to_bidding()
    amara = room.people["amara"].watch(room.meeting)
    amara.until("Bid")
    assert room.people["amara"].post("/accounts/logout/").status == 302
    assert room.do("niamh", "bids/", issue=STATEMENT) == 204
    while message := amara.next():
        last = message
    assert last[0] == "gone"
    assert STATEMENT not in amara.everything


def test_a_killed_server_loses_nothing_and_repeats_nothing(server: Server) -> None:
    room = Room(server)
    room.to_bidding()
    deed = "7f0c2c1e-4a57-4d4f-9d0e-2c5f0e2b9d11"
    assert room.do("amara", "bids/", issue=STATEMENT, deed=deed) == 204
    assert server.stop(signal.SIGKILL) == -signal.SIGKILL
    server.start()
    assert room.do("amara", "bids/", issue=STATEMENT, deed=deed) == 204  # its answer was lost
    assert room.do("amara", "bids/", issue="Other words", deed=deed) == 409
    stream = room.people["niamh"].watch(room.meeting)
    shown = stream.until(STATEMENT)
    assert shown["regions"]["stage"].count(STATEMENT) == 1
