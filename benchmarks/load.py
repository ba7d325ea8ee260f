"""The load, in a process of its own: six streams a room, one change a room every two seconds.

Reads a plan from standard input. Prints `open`, `start` and `end` as it goes, so that whoever
measures the server knows when; then its figures as JSON, or `why` there are none.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
import uuid
from typing import Any

TOKEN = "b" * 32
EVERY, WARM_UP = 2.0, 4.0  # seconds
OPENING, ANSWERING = 60.0, 20.0  # seconds after which a server does not serve in time
STREAMS = 6  # a room
samples: list[bytes] = []


class TooSlow(Exception):
    """The server refused, or did not serve in time; the message is the sentence that says so."""


class Room:
    def __init__(self, given: dict[str, Any], port: int) -> None:
        self.given, self.port = given, port
        self.posted_at = 0.0
        self.waiting: set[int] = set()
        self.latencies: list[float] = []
        self.paused = False
        self.open = 0

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
            raise TooSlow(f"A stream was refused: {status.decode('latin-1').strip()}.")
        self.open += 1
        message = b""
        while line := await reader.readline():
            if line.startswith(b"data: {"):
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

    def give_up(self) -> None:
        """What has not come before the next change counts as long as it has taken until now."""
        late = time.perf_counter() - self.posted_at
        self.latencies += [late] * len(self.waiting)
        self.waiting = set()

    async def press(self, seconds: float) -> None:
        """Pause and resume in turn, each a change that everybody in the room is shown."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.sleep(random.random() * EVERY)
        # a run before may have left it in a pause: then this changes it, or else is refused
        await self.change(reader, writer, "resume", may=(b" 204", b" 409"))
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            began = time.perf_counter()
            self.paused = not self.paused
            self.give_up()
            self.waiting = set(range(STREAMS))
            self.posted_at = time.perf_counter()
            await self.change(reader, writer, "pause" if self.paused else "resume", may=(b" 204",))
            await asyncio.sleep(max(0.0, began + EVERY - time.perf_counter()))

    async def change(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        what: str,
        *,
        may: tuple[bytes, ...],
    ) -> None:
        body = f"do={what}&deed={uuid.uuid4()}".encode()
        writer.write(
            f"POST /rooms/{self.given['meeting']}/clock/ HTTP/1.1\r\nHost: localhost\r\n"
            f"Cookie: sessionid={self.given['chair']}; csrftoken={TOKEN}\r\n"
            f"X-CSRFToken: {TOKEN}\r\nX-Setwise-Room: 1\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), ANSWERING)
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await asyncio.wait_for(reader.readexactly(int(length[1]) if length else 0), ANSWERING)
        except TimeoutError as error:
            raise TooSlow(f"A change had no answer within {ANSWERING:.0f} seconds.") from error
        status = head.split(b"\r\n", 1)[0]
        if not any(each in status for each in may):
            raise TooSlow(f"A change was refused: {status.decode('latin-1')}.")


def percentile(values: list[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000, 1)


async def run(plan: dict[str, Any]) -> None:
    rooms = [Room(given, plan["port"]) for given in plan["rooms"]]
    async with asyncio.TaskGroup() as tasks:
        watching = [
            tasks.create_task(room.watch(number)) for room in rooms for number in range(STREAMS)
        ]
        await opened(rooms)
        say("open")
        seconds = WARM_UP + plan["seconds"] - EVERY
        pressing = [tasks.create_task(room.press(seconds)) for room in rooms]
        await asyncio.sleep(WARM_UP)
        for room in rooms:
            room.latencies.clear()
        say("start")
        await asyncio.wait(pressing)
        await asyncio.sleep(1)
        say("end")
        for task in watching:
            task.cancel()
    for room in rooms:
        room.give_up()
    latencies = [each for room in rooms for each in room.latencies]
    if not latencies:
        raise TooSlow("Nothing was delivered.")
    figures = {f"p{share}_ms": percentile(latencies, share / 100) for share in (50, 95, 99)}
    said = [sample.decode() for sample in samples]
    say(json.dumps({"figures": figures, "deliveries": len(latencies), "samples": said}))


async def opened(rooms: list[Room]) -> None:
    """Wait until every stream is open, and a moment more for what each is sent at first."""
    until = time.perf_counter() + OPENING
    while sum(room.open for room in rooms) < STREAMS * len(rooms):
        if time.perf_counter() > until:
            there = sum(room.open for room in rooms)
            raise TooSlow(
                f"Of {STREAMS * len(rooms)} streams {there} were open after {OPENING:.0f} seconds."
            )
        await asyncio.sleep(0.1)
    await asyncio.sleep(2 + len(rooms) / 40)


def say(word: str) -> None:
    print(word, flush=True)


def main() -> int:
    why = ""
    try:
        asyncio.run(run(json.load(sys.stdin)))
    except* TooSlow as group:
        why = str(first(group))
    except* (OSError, EOFError) as group:
        why = f"The server ended a connection ({type(first(group)).__name__})."
    if why:
        say(json.dumps({"why": why}))
    return int(bool(why))


def first(group: BaseExceptionGroup[Any]) -> BaseException:
    found: BaseException = group
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found


if __name__ == "__main__":
    sys.exit(main())
