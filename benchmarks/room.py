"""Live rooms: Setwise beside a bare fan-out server under the same load, in the same run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from benchmarks import load
from benchmarks.serving import ROOT, NoResult, environment, free_port, ready, setwise, stop

Plan = dict[str, Any]
Figures = dict[str, Any]


class Folder:
    """A data folder whose rooms are made as they are needed, and used again."""

    def __init__(self, path: Path) -> None:
        self.path, self.env = path, environment(path)
        self._rooms: list[Any] = []

    def plan(self, *, rooms: int, seconds: int) -> Plan:
        if rooms > len(self._rooms):
            command = ["-m", "benchmarks.filling", str(len(self._rooms)), str(rooms)]
            filled = subprocess.run(
                [sys.executable, *command],
                env=self.env,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            if filled.returncode:
                raise NoResult("The rooms could not be made; the reason stands above.")
            self._rooms += json.loads(filled.stdout)
        return {"rooms": self._rooms[:rooms], "seconds": seconds}


@contextmanager
def folder() -> Iterator[Folder]:
    with tempfile.TemporaryDirectory(prefix="setwise-bench-") as name:
        yield Folder(Path(name))


def measure(*, rooms: int, seconds: int) -> Figures:
    """Latencies in milliseconds from POST sent to region received, CPU of the server alone."""
    with folder() as data:
        plan = data.plan(rooms=rooms, seconds=seconds)
        return beside_bare(data, plan, of_setwise(data, plan))


def beside_bare(data: Folder, plan: Plan, ours: Figures) -> Figures:
    """The figures of Setwise beside those of the bare server, which sends what Setwise sent."""
    payload = data.path / "payload"
    messages = [f"id: 1\nevent: region\n{line}\n".encode() for line in ours.pop("samples")]
    payload.write_bytes(b"\x00".join(messages))
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "benchmarks.bare:application"]
    command += ["--log-level", "warning", "--no-access-log", "--timeout-graceful-shutdown", "1"]
    env = data.env | {"BENCH_PAYLOAD": str(payload)}
    bare = under_load([*command, "--port", str(port)], env, port, plan)
    bare.pop("samples")
    ratio = ours["cpu_per_delivery_us"] / max(bare["cpu_per_delivery_us"], 0.1)
    return {
        "rooms": len(plan["rooms"]),
        "seconds": plan["seconds"],
        "setwise": ours,
        "bare": bare,
        "ratio": {"cpu_per_delivery": round(ratio, 1)},
    }


def of_setwise(data: Folder, plan: Plan) -> Figures:
    port = free_port()
    return under_load(setwise(data.path, port), data.env, port, plan)


def under_load(command: list[str], env: dict[str, str], port: int, plan: Plan) -> Figures:
    """Start a server, load it, and read its own processor time between `start` and `end`.

    Raises NoResult where it does not serve in time: the load never waits for ever.
    """
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        ready(server, port)
        process = psutil.Process(server.pid)
        before = process.memory_info().rss
        running = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.load"],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert running.stdin
        assert running.stdout
        running.stdin.write(json.dumps(plan | {"port": port}))
        running.stdin.close()
        grown, spent, began = 0, 0.0, 0.0
        result: dict[str, Any] = {}
        for line in running.stdout:
            times = process.cpu_times()
            now = times.user + times.system
            if line.strip() == "open":
                grown = process.memory_info().rss - before
            elif line.strip() == "start":
                began = now
            elif line.strip() == "end":
                spent = now - began
            else:
                result = json.loads(line)
        if running.wait():
            raise NoResult(result.get("why", "The load broke off; its own message stands above."))
    finally:
        stop(server)
    streams = load.STREAMS * len(plan["rooms"])
    return {
        **result["figures"],
        "cpu_per_delivery_us": round(spent * 1e6 / max(1, result["deliveries"]), 1),
        "kb_per_connection": round(max(0, grown) / 1024 / streams, 1),
        "deliveries": result["deliveries"],
        "samples": result["samples"],
    }
