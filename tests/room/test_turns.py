"""Presses that come close together are answered one right after another, then shown."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from setwise.room.stream import turns
from setwise.room.stream.turns import Turns

pytestmark = pytest.mark.pure


class Rooms:
    """A thread as the rooms have one, and what happens in it, in its order."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self._wake, self._over = threading.Event(), False
        self.turns = Turns(self._wake)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._over:
            self._wake.wait()
            self._wake.clear()
            while self.turns.go():
                self.told.append("shown")
                self.turns.rest()

    def answer(self, what: str) -> str:
        assert threading.current_thread() is self._thread
        self.told.append(what)
        if what == "bad":
            raise ValueError(what)
        return what.upper()

    async def press(self, what: str) -> str:
        return await self.turns.take(self.answer, what)

    def end(self) -> None:
        self._over = True
        self._wake.set()
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture
def rooms() -> Iterator[Rooms]:
    made = Rooms()
    yield made
    made.end()


def test_those_that_come_together_take_one_turn_and_a_trouble_is_its_own(rooms: Rooms) -> None:
    async def press() -> list[str | BaseException]:
        first = await rooms.press("first")
        rest = [rooms.press(each) for each in ("a", "bad", "b")]
        return [first, *await asyncio.gather(*rest, return_exceptions=True)]

    first, a, bad, b = asyncio.run(press())
    rooms.end()
    assert (first, a, b) == ("FIRST", "A", "B")
    assert isinstance(bad, ValueError)
    assert rooms.told == ["first", "shown", "a", "bad", "b", "shown"]


def test_of_many_at_once_the_first_are_shown_before_the_last_are_answered(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST", 2)

    async def press() -> None:
        await rooms.press("first")
        await asyncio.gather(*map(rooms.press, "abcd"))

    asyncio.run(press())
    rooms.end()
    assert rooms.told == ["first", "shown", "a", "b", "shown", "c", "d", "shown"]


def test_one_who_goes_away_takes_nothing_from_the_others(rooms: Rooms) -> None:
    async def press() -> str:
        await rooms.press("first")
        gone = asyncio.create_task(rooms.press("gone"))
        stays = asyncio.create_task(rooms.press("stays"))
        await asyncio.sleep(0)
        gone.cancel()
        return await stays

    assert asyncio.run(press()) == "STAYS"
    assert "gone" in rooms.told  # what was sent is done, whoever waits for the answer


def test_a_lone_press_waits_for_nobody(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "REST", 3600)

    async def press() -> str:
        return await asyncio.wait_for(rooms.press("first"), 10)

    assert asyncio.run(press()) == "FIRST"
