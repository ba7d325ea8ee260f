"""The storm itself: the server is killed at random while everybody goes on, and comes back."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.chaos.client import Client, Storm
from benchmarks.chaos.facts import Facts
from benchmarks.chaos.outsider import Goer, Outsider
from benchmarks.serving import ROOT, NoResult, free_port, ready, setwise, stop

BETWEEN = (1.0, 5.0)  # seconds from serving to the next kill, if enough was done meanwhile
ENOUGH = 8  # acts acknowledged a room, on average
WHILE = 30.0  # seconds to wait for that
LAST = 3.0  # seconds in which everybody finds their way back


class Server:
    """The real server; `kill` is SIGKILL, wherever it is."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder, self.env, self.port = folder, env, free_port()
        self.log = (folder / "server.log").open("ab")
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        command = setwise(self.folder, self.port)
        return subprocess.Popen(command, env=self.env, cwd=ROOT, stdout=self.log, stderr=self.log)

    def kill(self) -> bool:
        """Whether it was killed, and had not ended before by itself."""
        alive = self.process.poll() is None
        self.process.send_signal(signal.SIGKILL)
        return self.process.wait() == -signal.SIGKILL and alive

    async def again(self) -> None:
        self.process = self._started()
        await self.serves()

    async def serves(self) -> None:
        await asyncio.to_thread(ready, self.process, self.port)

    def stop(self) -> None:
        stop(self.process)
        self.log.close()


def rage(
    folder: Path, env: dict[str, str], rooms: list[dict[str, Any]], *, kills: int, seed: int
) -> Facts:
    """Everything that happened to these rooms, until everybody had an answer to what they sent."""
    server = Server(folder, env)
    try:
        return asyncio.run(_rage(server, rooms, kills, random.Random(seed)))
    except* NoResult as troubles:
        why = str(troubles.exceptions[0])
    finally:
        server.stop()
    raise NoResult(why)


async def _rage(
    server: Server, rooms: list[dict[str, Any]], kills: int, rng: random.Random
) -> Facts:
    facts = Facts(moves={room["meeting"]: room["moves"] for room in rooms})
    storm = Storm(server.port, rng, facts, datetime.now(UTC).date().isoformat())
    clients = [_client(storm, room, person) for room in rooms for person in room["people"]]
    goers = [each for each in clients if isinstance(each, Goer)]
    async with asyncio.TaskGroup() as living:
        await server.serves()
        for each in clients:
            living.create_task(each.live())
        await asyncio.sleep(1)
        for number in range(kills):
            await asyncio.sleep(rng.uniform(*BETWEEN))
            await _something_done(facts, least=(number + 1) * ENOUGH * len(rooms))
            facts.counts["kills"] += server.kill()
            if number == kills // 2:
                for index, goer in enumerate(goers):
                    living.create_task(goer.go(suspended=bool(index % 2)))
            await server.again()
        await asyncio.sleep(LAST)
        await _something_done(facts, least=(kills + 1) * ENOUGH * len(rooms))
        storm.over.set()
    return facts


async def _something_done(facts: Facts, *, least: int) -> None:
    """A kill is for a server at work: wait until this much was done and shown, but not for ever."""
    until = time.monotonic() + WHILE
    while time.monotonic() < until:
        done = sum(each.done_at is not None for each in facts.writes)
        if done >= least and facts.shown and facts.counts["reconnects"]:
            return
        await asyncio.sleep(0.05)


def _client(storm: Storm, room: dict[str, Any], person: dict[str, str]) -> Client:
    kinds: dict[str, type[Client]] = {"writes": Client, "goes": Goer, "outside": Outsider}
    return kinds[person["role"]](storm, room, person)
