"""A worker of its own ends at Ctrl-C and TERM, after the one thing in hand, without a word."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.serving import Server, environment

BEAT = """
from setwise.outbox.models import Letter
print("WAITING", Letter.objects.filter(state="waiting").count())
"""
POST = """
from setwise.outbox.posting import post
from setwise.people.models import Person
for number in range(3):
    context = {"code": "ABC-DEF", "minutes": 15}
    post(key=f"n{number}", to=Person.objects.first(), template="people/email/code", context=context)
"""


@pytest.mark.server
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_of_its_own_ends_quietly(tmp_path: Path, how: signal.Signals) -> None:
    server = Server(tmp_path / "data", options=("--demo", "--no-worker")).start()
    try:
        server.ask(POST)
        assert "WAITING 3" in server.ask(BEAT)  # nobody sends them yet
        worker = subprocess.Popen(
            [sys.executable, "-m", "setwise.project.cli", "worker"],
            env=environment(server.data) | {"SETWISE_DEMO": "yes", "SETWISE_ORIGIN": server.url},
            cwd=tempfile.gettempdir(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        give_up = time.monotonic() + 60
        while "WAITING 0" not in server.ask(BEAT):
            assert time.monotonic() < give_up
        worker.send_signal(how)
        said, _ = worker.communicate(timeout=15)
    finally:
        server.stop()
    assert (worker.returncode, said) == (0, b"")
