"""The real server as a process of its own, in an environment of its own."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 90.0  # seconds for a server to be up


class NoResult(Exception):
    """The measurement came to nothing; the message is the sentence that says why."""


def environment(folder: Path) -> dict[str, str]:
    """No setting of this shell leaks in; the data is in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SETWISE_")}
    return kept | {
        "SETWISE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "setwise.project.settings",
        "PYTHONPATH": str(ROOT),
    }


def setwise(folder: Path, port: int) -> list[str]:
    """The command that serves Setwise from `folder`, as `bin/run` does."""
    command = ["-m", "setwise.project.cli", "run", "--no-worker"]
    return [sys.executable, *command, "--data", str(folder), "--port", str(port)]


def ready(server: subprocess.Popen[bytes], port: int) -> None:
    """Return once the server takes connections, as it does when it can serve. Raises NoResult."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise NoResult(f"The server ended by itself, with status {server.returncode}.")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise NoResult(f"The server took no connection within {PATIENCE:.0f} seconds.")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End it, kindly at first."""
    server.terminate()
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def free_port() -> int:
    """A port that nobody listens on, and that no connection is ever made from.

    From those others, a client that tries a server which is down may be connected with itself.
    """
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
