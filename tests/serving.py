"""The real server as a process of its own, as `bin/run` starts it, with a data folder of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds for a server to be up; loading a played case on a busy machine is slow


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(data: Path) -> dict[str, str]:
    """The environment for a process of its own: no setting of this run leaks into it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SETWISE_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"SETWISE_DATA": str(data), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def command(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `bin/setwise` with these arguments in the data folder, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "setwise.project.cli", *arguments],
        env=environment(data) | settings,
        cwd=tempfile.gettempdir(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@dataclass
class Server:
    """One server. `links` are the sign-in links it printed, by the KEY of each person."""

    data: Path
    options: tuple[str, ...] = ("--demo",)
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.log = Path(tempfile.mkstemp(prefix="setwise-server-", suffix=".log")[1])

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def output(self) -> str:
        return self.log.read_text()

    @property
    def links(self) -> dict[str, str]:
        found = re.findall(r"http://([^.\s/:]+)\.localhost:\d+/enter/\S+", self.output)
        whole = re.findall(r"(http://[^.\s/:]+\.localhost:\d+/enter/\S+)", self.output)
        return dict(zip(found, whole, strict=True))

    def start(self) -> Server:
        """Start it, and return once it says that it can serve."""
        arguments = ["run", *self.options, "--port", str(self.port), "--data", str(self.data)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "setwise.project.cli", *arguments],
                env=environment(self.data) | self.settings,
                cwd=tempfile.gettempdir(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        give_up = time.monotonic() + PATIENCE
        while self.status("/healthz/") != 200:
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.stop()
                raise AssertionError(f"The server did not start. It said:\n{self.output}")
            time.sleep(0.1)
        return self

    def status(self, path: str) -> int:
        """The status of a GET; 0 where nothing answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                status: int = answer.status
                return status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def stop(self, how: signal.Signals = signal.SIGINT) -> int | None:
        """Ctrl-C, as an operator would; the exit status."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def ask(self, code: str) -> str:
        """What this code prints, run in the server's own data folder beside it."""
        answer = command(self.data, "manage", "shell", "--no-imports", "-c", code, **self.settings)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout
