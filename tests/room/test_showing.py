"""What several streams of a room read alike is made once, and each still gets only its own."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from setwise.people.signing_in import BACKEND
from setwise.project.demo.playing import Play
from setwise.protocols import commands as c
from setwise.room import asking, drawing, loading, mine, moving
from setwise.room.loading import RoomNow
from setwise.room.models import Room
from setwise.room.standing import Scene, Standing, standing
from setwise.room.stream import noticing
from setwise.room.stream.asked import TEXT, Asked
from setwise.room.stream.held import Held
from setwise.room.stream.showing import Look
from setwise.room.stream.tailer import Tailer
from setwise.room.stream.viewer import Message, Offer, Viewer, hand_over
from tests.room.looking import EVERYBODY, see, to_clarify


class Loop:
    """Hands over at once, and counts how often it was woken."""

    woken = 0

    def call_soon_threadsafe(self, call: Callable[..., None], *given: Any) -> None:
        self.woken += 1
        call(*given)


class Streams:
    """A stream of each person here, in a room that one process holds."""

    def __init__(self, play: Play) -> None:
        self.play, self.held, self.loop = play, Held(), Loop()
        loop = cast(asyncio.AbstractEventLoop, self.loop)
        self.viewers = {
            key: Viewer(loop, play.meeting.pk, "", play.people[key]) for key in EVERYBODY
        }
        see(play, *EVERYBODY)
        self.look()

    def look(self, *, whole: bool = False) -> dict[str, Message | None]:
        """What each was sent by another look."""
        room = Room.objects.select_related("meeting__learning_set").get()
        self.snapshot = self.held.read(RoomNow.of(room), whole=whole, at=self.play.at)
        offers: list[Offer] = []
        try:
            Look(self.held, self.snapshot).show(self.viewers.values(), offers)
        finally:  # as the tailer does
            hand_over(offers)
        return {key: self._taken(viewer) for key, viewer in self.viewers.items()}

    @staticmethod
    def _taken(viewer: Viewer) -> Message | None:
        message, viewer._waiting = viewer._waiting, None
        return message

    def readable(self, key: str) -> object:
        """What the process keeps for one person's eyes."""
        person = self.play.people[key].pk
        here = self.snapshot.person(person)
        assert here
        who = standing(self.snapshot, person)
        return self.held.words_for(here, who, Scene.of(self.snapshot))


def test_what_is_read_alike_is_one_message_and_one_wake_up(open_play: Play) -> None:
    row = to_clarify(open_play)
    streams = Streams(open_play)
    woken = streams.loop.woken
    asking.ask(open_play.entry("tomasz"), row, text="Who else?", for_=None, at=open_play.tick())
    sent = streams.look()
    assert streams.loop.woken == woken + 1
    assert all(message and "Who else?" in json.dumps(message.content) for message in sent.values())
    assert sent["yusuf"] is sent["bronwen"]  # two who listen
    assert sent["yusuf"] is not sent["tomasz"]  # who may take it back
    assert sent["ruth"] is not sent["amara"]  # the controls and the round
    assert set(streams.look().values()) == {None}


def test_a_draft_is_pushed_to_those_alone_who_may_read_it(open_play: Play) -> None:
    row = to_clarify(open_play)
    streams = Streams(open_play)
    niamh = open_play.people["niamh"].pk
    asking.ask(open_play.entry("tomasz"), row, text="Hers?", for_=niamh, at=open_play.tick())
    sent = {key: json.dumps(each.content) if each else "" for key, each in streams.look().items()}
    assert {key for key, text in sent.items() if "Hers?" in text} == {"tomasz", "niamh", "amara"}


def test_words_are_kept_for_a_reader_until_something_that_decides_moves(open_play: Play) -> None:
    row = to_clarify(open_play)
    streams = Streams(open_play)
    before = streams.readable("yusuf")
    moving.move(open_play.entry("ruth"), c.Pause(), at=open_play.tick())
    streams.look()
    hushed = streams.readable("yusuf")
    assert hushed != before
    moving.move(open_play.entry("ruth"), c.Resume(), at=open_play.tick())
    streams.look()
    assert streams.readable("yusuf") is before  # nothing else moved
    asking.ask(open_play.entry("niamh"), row, text="New?", for_=None, at=open_play.tick())
    streams.look()
    assert streams.readable("yusuf") != before
    assert streams.readable("yusuf") is streams.readable("bronwen")
    kept = streams.readable("yusuf")
    streams.look(whole=True)
    assert streams.readable("yusuf") is not kept  # nothing kept is trusted then


def test_a_stream_that_cannot_be_shown_takes_nothing_from_the_others(
    open_play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_clarify(open_play)
    streams, amara, personal = Streams(open_play), open_play.people["amara"].pk, mine.personal

    def failing(seen: Any, who: Standing) -> Any:
        if who.person == amara:
            raise RuntimeError
        return personal(seen, who)

    monkeypatch.setattr(mine, "personal", failing)
    moving.move(open_play.entry("ruth"), c.Pause(), at=open_play.tick())
    with pytest.raises(RuntimeError):
        streams.look()
    shown = [key for key in EVERYBODY if streams.viewers[key]._waiting]
    monkeypatch.undo()
    again = streams.look()
    assert again["amara"]
    missed = {key for key in EVERYBODY if key not in shown and not again[key]}
    assert missed == set()  # each had it then, or has it now


def test_what_a_lost_database_kept_from_a_stream_is_sent_at_the_next_look(
    open_play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any) -> Any:
        raise OperationalError

    client = Client()
    client.force_login(open_play.people["yusuf"], backend=BACKEND)
    loop, key = cast(asyncio.AbstractEventLoop, Loop()), client.session.session_key or ""
    viewer = Viewer(loop, open_play.meeting.pk, key, open_play.people["yusuf"])
    monkeypatch.setattr(threading.Thread, "start", lambda _: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    rooms = Tailer()
    rooms.add(viewer)
    with monkeypatch.context() as lost:
        lost.setattr(noticing, "rooms", failing)
        rooms._try_look()
    assert viewer._waiting is None
    rooms._look()
    assert viewer._waiting


def test_a_slow_reader_is_sent_the_latest_of_each_region() -> None:
    async def read() -> list[bytes | None]:
        viewer = Viewer(asyncio.get_running_loop(), cast(Any, None), "", Nobody)
        for version, regions in ((1, {"clock": "one", "mine": "x"}), (2, {"clock": "two"})):
            viewer.take(Message({"version": version, "regions": regions}))
        viewer.say_still()
        found = [await viewer.next()]
        viewer.say_still()
        found.append(await viewer.next())
        viewer.leave()
        return [*found, await viewer.next()]

    first, still, over = asyncio.run(read())
    assert first
    assert first.startswith(b"id: 2\nevent: region\n")
    assert json.loads(first.split(b"data: ")[1])["regions"] == {"clock": "two", "mine": "x"}
    assert (still, over) == (b"", None)


class Nobody:
    id, language, tzinfo = None, "en", None


@pytest.mark.django_db
def test_a_query_that_is_compiled_once_may_read_nothing_else() -> None:
    def alive(keys: list[Any]) -> Any:
        rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
        return rows.values_list("session_key")

    with pytest.raises(TypeError):
        list(Asked(alive, TEXT).rows(["a"]))


def test_only_the_clock_shows_a_moment() -> None:
    with pytest.raises(TypeError):
        drawing.environment().filters["day"](timezone.now(), "j F")
    templates = Path(drawing.__file__).parent / "jinja2"
    shows = {each.stem for each in templates.glob("*.html") if "|moment(" in each.read_text()}
    assert shows == drawing.ZONED


def test_two_zones_have_two_clocks_and_the_same_agenda(open_play: Play) -> None:
    to_clarify(open_play)
    zones = {"yusuf": "Europe/London", "bronwen": "Asia/Kolkata"}
    for key, zone in zones.items():
        open_play.people[key].zone = zone
    streams = Streams(open_play)
    open_play.at += timedelta(seconds=1)
    moving.move(open_play.entry("ruth"), c.Pause(), at=open_play.tick())
    streams.look()
    moving.move(open_play.entry("ruth"), c.Resume(), at=open_play.tick())
    sent = streams.look()
    one, other = sent["yusuf"], sent["bronwen"]
    assert one
    assert other
    assert one.content["regions"]["clock"] != other.content["regions"]["clock"]
    assert one.content["regions"]["mine"] == other.content["regions"]["mine"]


def test_a_room_read_from_its_columns_is_the_room(open_play: Play) -> None:
    row = Room.objects.select_related("meeting__learning_set").get()
    values = Room.objects.values_list(*loading.COLUMNS).get()
    assert RoomNow.read(values) == RoomNow.of(row)
