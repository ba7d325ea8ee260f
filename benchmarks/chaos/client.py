"""One person in a room whose browser, connection and server fail them: they write all the same."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from benchmarks.chaos import acting
from benchmarks.chaos.facts import MARK, Facts, Sight, Write
from benchmarks.chaos.page import Form, Page
from benchmarks.chaos.wire import Answer, Line, Lost

ROUND = re.compile(r"/rounds/([0-9a-f-]{36})/")
THINK = (0.5, 3.0)  # seconds between two acts
GIVE_UP = 120.0  # seconds after which an act is left alone, whatever became of it


@dataclass
class Storm:
    """What everybody in it shares."""

    port: int
    rng: random.Random
    facts: Facts
    today: str
    over: asyncio.Event = field(default_factory=asyncio.Event)
    rounds: dict[str, set[str]] = field(default_factory=dict)  # by room, as addresses showed them

    async def wait(self, least: float, most: float) -> None:
        """Wait, but not after the end."""
        try:
            await asyncio.wait_for(self.over.wait(), self.rng.uniform(least, most))
        except TimeoutError:
            pass


class Client:
    def __init__(self, storm: Storm, room: dict[str, Any], person: dict[str, str]) -> None:
        self.storm, self.facts, self.rng = storm, storm.facts, storm.rng
        self.room, self.person = room["meeting"], person["id"]
        self.path = f"/rooms/{self.room}/"
        self.line = Line(storm.port, person["session"])
        self.hands = {each["id"] for each in room["people"] if each["role"] == "writes"}
        self.page = Page("")
        self.mine = Page("")
        self.open: list[str] = []
        self.key = ""
        self.stays = True  # False: it stops writing once it has nothing under way

    async def live(self) -> None:
        """Until the storm is over, and there was an answer to everything that was sent."""
        watching = asyncio.create_task(self.watch())
        try:
            await self.act()
            if watching.done():
                watching.result()  # it broke off: what it met is raised here
        finally:
            watching.cancel()

    async def watch(self) -> None:
        """Follow the room: at times slowly, at times for a while, and again after each end."""
        while True:
            slow, began, followed = self.rng.random() < 0.25, time.monotonic(), False
            until = began + self.rng.uniform(3, 30)
            try:
                async with aclosing(self.line.stream(self.path, slow=slow)) as messages:
                    async for message in messages:
                        self.receive(message, began)
                        followed = True
                        if slow:
                            await self.storm.wait(0.5, 4)
                        if time.monotonic() > until:
                            break
            except Lost:
                pass
            self.facts.counts["reconnects"] += followed
            await asyncio.sleep(self.rng.uniform(0.1, 1.5))

    def receive(self, message: bytes, began: float) -> None:
        self.saw(message.decode("utf-8", "replace"), "stream", began)
        given = _given(message)
        version, reader = given.get("version", 0), (self.room, self.person)
        if version and version < self.facts.versions.get(reader, 0):
            self.facts.wrong.append(f"A stream of room {self.room} went back to version {version}.")
        if version:
            self.facts.versions[reader] = version
        if "mine" in given.get("regions", {}):
            self.mine = Page(given["regions"]["mine"])
        if shell := given.get("shell"):
            self.open, self.key = shell["open"], shell["key"]

    def saw(self, text: str, where: str, began: float) -> None:
        """What reached this person, whom it is for."""
        self.facts.shown.update(MARK.findall(text))

    def kept(self, text: str, where: str, began: float) -> None:
        """What reached this person, for whom it may not be: that is for the checker to say."""
        self.facts.counts["looks"] += 1
        self.facts.sights.update(
            Sight(self.person, mark, where, began) for mark in MARK.findall(text)
        )

    async def act(self) -> None:
        while self.stays and not self.storm.over.is_set():
            await self.storm.wait(*THINK)
            try:
                if self.page.key != self.key and (not self.forms or self.rng.random() < 0.5):
                    await self.look()
            except Lost:
                continue
            chosen = acting.choose(self)
            if chosen and not self.storm.over.is_set():
                await self.send(*chosen)

    @property
    def forms(self) -> list[Form]:
        """The forms of the page as it was, if late, that are open now."""
        return [form for form in self.page.forms if form.composer in self.open]

    async def look(self) -> None:
        began = time.monotonic()
        answer = await self.line.get(self.path)
        self.note(answer)
        self.saw(answer.body, "page", began)
        if answer.status == 200:
            self.page = Page(answer.body)
            known = self.storm.rounds.setdefault(self.room, set())
            known.update(ROUND.findall(answer.body))

    async def send(self, write: Write, fields: dict[str, str]) -> None:
        """Send it until there is an answer: cut off, repeated, or twice at once, always one deed."""
        self.facts.writes.append(write)
        fields = {**fields, "deed": write.deed}
        way = self.rng.choices(("plain", "drop", "twice", "again"), (4, 2, 2, 2))[0]
        if way == "twice":
            await asyncio.gather(self._once(write, fields), self._once(write, fields))
        else:
            await self._once(write, fields, drop=way == "drop")
        while not (write.done_at or write.refused) and time.monotonic() < write.sent_at + GIVE_UP:
            await asyncio.sleep(self.rng.uniform(0.2, 1))
            await self._once(write, fields)
        if way == "again" and write.done_at:
            await self._once(write, fields)

    async def _once(self, write: Write, fields: dict[str, str], *, drop: bool = False) -> None:
        again, write.attempts = bool(write.attempts), write.attempts + 1
        try:
            answer = await self.line.post(write.path, fields, drop=drop)
        except Lost:
            write.lost += 1
            return
        self.note(answer)
        self.facts.counts["repeats"] += again
        if answer.status == 204:
            write.done_at = write.done_at or time.monotonic()
        elif answer.status >= 500:
            write.lost += 1
        else:
            write.refused = answer.status
            self.facts.counts[f"refused {answer.status}"] += 1
            if write.done_at and self.person not in self.facts.gone:
                self.facts.wrong.append(f"{write.path} was acknowledged, then {answer.status}.")

    def note(self, answer: Answer) -> None:
        if answer.status >= 500:
            self.facts.counts["troubles"] += 1

    def write(self, path: str) -> Write:
        return Write(self.room, self.person, path, str(uuid4()), time.monotonic())


def _given(message: bytes) -> dict[str, Any]:
    """What a message of a stream says of the room; nothing where it was cut in its middle."""
    if b"event: region\n" not in message:
        return {}
    data = next((line[6:] for line in message.split(b"\n") if line.startswith(b"data: ")), b"")
    try:
        found: dict[str, Any] = json.loads(data or b"{}")
    except ValueError:
        return {}
    return found
