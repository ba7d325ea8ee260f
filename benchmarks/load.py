"""The load, in a process of its own: six streams a room, one change a room every two seconds.

Reads a plan from standard input. Prints `open`, `start` and `end` as it goes, so that whoever
measures the server knows when; then its figures as JSON.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
import uuid
from typing import Any

TOKEN = "b" * 32
EVERY, WARM_UP = 2.0, 4.0  # seconds
samples: list[bytes] = []


class Room:
    def __init__(self, given: dict[str, Any], port: int) -> None:
        self.given, self.port = given, port
        self.posted_at = 0.0
        self.waiting: set[int] = set()
        self.latencies: list[float] = []
        self.paused = False

    async def watch(self, number: int) -> None:
        """One stream, for ever."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        session = self.given["sessions"][number]
        writer.write(
            f"GET /rooms/{self.given['meeting']}/stream/ HTTP/1.1\r\nHost: localhost\r\n"
            f"Cookie: sessionid={session}\r\n\r\n".encode()
        )
        status = await reader.readline()
        if b"200" not in status:
            raise RuntimeError(f"a stream was refused: {status!r}")
        message = b""
        while line := await reader.readline():
            if line.startswith(b"data: "):
                message = line
            elif line == b"\n" and message:
                self.received(number, message)
                message = b""

    def received(self, number: int, message: bytes) -> None:
        if number in self.waiting:
            self.waiting.discard(number)
            self.latencies.append(time.perf_counter() - self.posted_at)
            if number == 0 and len(samples) < 2:
                samples.append(message)

    async def press(self, seconds: float) -> None:
        """Pause and resume in turn, each a change that everybody in the room is shown."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.sleep(random.random() * EVERY)
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            began = time.perf_counter()
            self.paused = not self.paused
            body = f"do={'pause' if self.paused else 'resume'}&deed={uuid.uuid4()}".encode()
            self.waiting = set(range(6))
            self.posted_at = time.perf_counter()
            writer.write(
                f"POST /rooms/{self.given['meeting']}/clock/ HTTP/1.1\r\nHost: localhost\r\n"
                f"Cookie: sessionid={self.given['chair']}; csrftoken={TOKEN}\r\n"
                f"X-CSRFToken: {TOKEN}\r\nX-Setwise-Room: 1\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 204" not in head.split(b"\r\n", 1)[0]:
                raise RuntimeError(f"a change was refused: {head[:80]!r}")
            await asyncio.sleep(max(0.0, began + EVERY - time.perf_counter()))


def percentile(values: list[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000, 1)


async def run(plan: dict[str, Any]) -> None:
    rooms = [Room(given, plan["port"]) for given in plan["rooms"]]
    watching = [asyncio.create_task(room.watch(number)) for room in rooms for number in range(6)]
    await asyncio.sleep(3 + len(rooms) / 40)
    broken = [task.exception() for task in watching if task.done()]
    if broken:
        raise RuntimeError(broken[0])
    say("open")
    pressing = [
        asyncio.create_task(room.press(WARM_UP + plan["seconds"] - EVERY)) for room in rooms
    ]
    await asyncio.sleep(WARM_UP)
    for room in rooms:
        room.latencies.clear()
    say("start")
    await asyncio.gather(*pressing)
    await asyncio.sleep(1)
    say("end")
    latencies = [each for room in rooms for each in room.latencies]
    figures = {f"p{share}_ms": percentile(latencies, share / 100) for share in (50, 95, 99)}
    print(
        json.dumps(
            {
                "figures": figures,
                "deliveries": len(latencies),
                "samples": [s.decode() for s in samples],
            }
        )
    )
    sys.stdout.flush()
    for task in watching:
        task.cancel()


def say(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    asyncio.run(run(json.load(sys.stdin)))
