"""Live rooms: Setwise beside a bare fan-out server under the same load, in the same run."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent


def measure(*, rooms: int, seconds: int) -> dict[str, Any]:
    """Latencies in milliseconds from POST sent to region received, CPU of the server alone."""
    with tempfile.TemporaryDirectory(prefix="setwise-bench-") as folder:
        data = Path(folder)
        env = {k: v for k, v in os.environ.items() if not k.startswith("SETWISE_")}
        env |= {
            "SETWISE_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "setwise.project.settings",
            "PYTHONPATH": str(ROOT),
        }
        filled = subprocess.run(
            [sys.executable, "-m", "benchmarks.filling", str(rooms)],
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
        plan = {"rooms": json.loads(filled.stdout), "seconds": seconds}
        port = free_port()
        command = ["-m", "setwise.project.cli", "run", "--no-worker", "--data", folder]
        setwise = under_load([*command, "--port", str(port)], env, port, plan)
        payload = data / "payload"
        messages = [f"id: 1\nevent: region\n{line}\n".encode() for line in setwise.pop("samples")]
        payload.write_bytes(b"\x00".join(messages))
        port = free_port()
        command = ["-m", "uvicorn", "benchmarks.bare:application", "--log-level", "warning"]
        bare = under_load(
            [*command, "--no-access-log", "--timeout-graceful-shutdown", "1", "--port", str(port)],
            env | {"BENCH_PAYLOAD": str(payload)},
            port,
            plan,
        )
        bare.pop("samples")
    ratio = setwise["cpu_per_delivery_us"] / max(bare["cpu_per_delivery_us"], 0.1)
    return {
        "rooms": rooms,
        "seconds": seconds,
        "setwise": setwise,
        "bare": bare,
        "ratio": {"cpu_per_delivery": round(ratio, 1)},
    }


def under_load(
    command: list[str], env: dict[str, str], port: int, plan: dict[str, Any]
) -> dict[str, Any]:
    """Start a server, load it, and read its own processor time between `start` and `end`."""
    server = subprocess.Popen(
        [sys.executable, *command], env=env, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        wait_for(port)
        process = psutil.Process(server.pid)
        before = process.memory_info().rss
        load = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.load"],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert load.stdin
        assert load.stdout
        load.stdin.write(json.dumps(plan | {"port": port}))
        load.stdin.close()
        grown, spent, began = 0, 0.0, 0.0
        result: dict[str, Any] = {}
        for line in load.stdout:
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
        if load.wait():
            raise RuntimeError("The load broke off; its own message stands above.")
    finally:
        server.terminate()
        server.wait()
    streams = 6 * len(plan["rooms"])
    return {
        **result["figures"],
        "cpu_per_delivery_us": round(spent * 1e6 / max(1, result["deliveries"]), 1),
        "kb_per_connection": round(max(0, grown) / 1024 / streams, 1),
        "deliveries": result["deliveries"],
        "samples": result["samples"],
    }


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                break
        except OSError:
            time.sleep(0.1)
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/x", timeout=0.5).close()
    except (urllib.error.HTTPError, OSError):
        pass


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
