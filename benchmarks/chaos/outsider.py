"""People for whom the words are not: they try page and stream all the time; what they get is kept."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from benchmarks.chaos.client import Client, Storm
from benchmarks.chaos.facts import mark
from benchmarks.chaos.wire import Lost

PAUSE = (1.0, 4.0)  # seconds between two looks


class Outsider(Client):
    """Without a seat, with apologies, or waiting at the door. Nothing they send may be taken."""

    def __init__(self, storm: Storm, room: dict[str, Any], person: dict[str, str]) -> None:
        super().__init__(storm, room, person)
        self.given = room
        self.facts.outside.add(self.person)

    async def act(self) -> None:
        while not self.storm.over.is_set():
            await self.storm.wait(*PAUSE)
            try:
                if self.rng.random() < 0.2:
                    await self._write()
                else:
                    await self._look(self.rng.choice(self.paths()))
            except Lost:
                continue

    def paths(self) -> list[str]:
        """Wherever words of this room might be found, the addresses of its rounds included."""
        found = [self.path, self.path, f"{self.path}screen/", "/", f"/sets/{self.given['set']}/"]
        rounds = self.rounds()
        return found + [f"/records/{each}/{end}" for each in rounds for end in ("", "markdown/")]

    def rounds(self) -> list[str]:
        return sorted(self.storm.rounds.get(self.room, ()))

    async def _look(self, path: str) -> None:
        began = time.monotonic()
        answer = await self.line.get(path)
        self.note(answer)
        self.kept(answer.body, path, began)

    async def _write(self) -> None:
        paths = [f"{self.path}clock/", f"{self.path}bids/", f"{self.path}review/"]
        paths += [f"{self.path}rounds/{each}/questions/" for each in self.rounds()]
        write = self.write(self.rng.choice(paths))
        words = {"text": mark(), "issue": mark(), "helped": mark(), "do": "pause"}
        answer = await self.line.post(write.path, words | {"deed": write.deed})
        self.note(answer)
        if answer.status == 204:
            self.facts.wrong.append(f"{write.path} was done for somebody who may not.")

    def saw(self, text: str, where: str, began: float) -> None:
        self.kept(text, where, began)


class Goer(Client):
    """Writes like the others, until their seat ends or they leave; and then tries to read on."""

    def __init__(self, storm: Storm, room: dict[str, Any], person: dict[str, str]) -> None:
        super().__init__(storm, room, person)
        facilitator = next(each for each in room["people"] if each["facilitates"])
        self.facilitator = Client(storm, room, facilitator)
        self.suspension = f"/sets/{room['set']}/people/{person['membership']}/suspension/"

    async def go(self, *, suspended: bool) -> None:
        """Lose the seat, or leave the room; returns once that is acknowledged, or the end is near."""
        self.stays = False
        while not self.storm.over.is_set():
            try:
                if suspended:
                    answer = await self.facilitator.line.post(self.suspension, {})
                else:
                    fields = {"person": self.person}
                    answer = await self.line.post(f"{self.path}departures/", fields)
            except Lost:
                await asyncio.sleep(0.2)
                continue
            if answer.status in (204, 302):
                self.facts.gone[self.person] = time.monotonic()
                return
            await asyncio.sleep(0.2)

    async def act(self) -> None:
        await super().act()
        while not self.storm.over.is_set():
            await self.storm.wait(*PAUSE)
            try:
                await self.look()
            except Lost:
                continue

    def saw(self, text: str, where: str, began: float) -> None:
        self.kept(text, where, began)
