"""The benchmark's own shape: what it measures is never asserted, that it measures is."""

import json
import smtplib
import socket
import subprocess
import sys

import pytest

from benchmarks import highest, load, room, sink
from tests.serving import ROOT

pytestmark = pytest.mark.server


def test_room_benchmark_prints_one_object_with_both_servers() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks", "room", "--rooms", "2", "--seconds", "3", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout)
    assert result["rooms"] == 2
    for name in ("setwise", "bare"):
        figures = result[name]
        assert 0 < figures["p50_ms"] <= figures["p95_ms"] <= figures["p99_ms"]
        assert figures["kb_per_connection"] >= 0
        # each change reaches all six: none is lost, and none is counted for fewer
        assert figures["deliveries"] % 6 == 0
    assert result["setwise"]["cpu_per_delivery_us"] > 0  # the bare server's may be below a tick
    assert result["ratio"]["cpu_per_delivery"] > 1


def test_outbox_benchmark_prints_one_object_with_the_bare_loop() -> None:
    command = ["outbox", "--letters", "12", "--runs", "1", "--reminders", "0"]
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks", *command, "--database", "sqlite", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout)
    assert set(result["messages_per_second"]) == {"bare", "sqlite_1", "sqlite_4"}
    for figures in result["messages_per_second"].values():
        assert 0 < figures["lowest"] <= figures["median"] <= figures["highest"]
    assert 0 < result["ratio"]["messages_per_second"] == min(result["ratio"]["of"].values())


def test_the_sink_counts_each_letter_once_however_it_is_cut() -> None:
    """A line of one dot, a letter without an end of line, and many letters in one conversation."""
    with sink.Sink() as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        for body in (b"a\r\n.\r\nb\r\n", b"no end", b"x" * 300_000):
            client.sendmail("a@b.example", ["c@d.example"], b"Subject: s\r\n\r\n" + body)
        assert len(server.taken) == 3


@pytest.mark.parametrize("most", [0, 1, 7, 60, 61, 99, 130, 2000])
def test_the_highest_number_is_closed_in_on(most: int) -> None:
    tried: list[int] = []

    def holds(rooms: int) -> bool:
        tried.append(rooms)
        return rooms <= most

    found = highest.search(holds, begin=60)
    wanted = min(most, highest.MOST)
    assert wanted * (1 - highest.FINE) - 1 < found <= wanted
    assert len(tried) == len(set(tried)) < 15


def test_a_server_that_never_answers_ends_the_load_with_a_sentence() -> None:
    with socket.socket() as deaf, room.folder() as data:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(100)
        plan = {"rooms": [], "seconds": 1} | {"port": deaf.getsockname()[1]}
        nobody = {"meeting": "m", "chair": "c", "sessions": ["s"] * load.STREAMS}
        answer = subprocess.run(
            [sys.executable, "-c", "import benchmarks.load as l; l.OPENING = 1; l.main()"],
            input=json.dumps(plan | {"rooms": [nobody]}),
            env=data.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert json.loads(answer.stdout) == {"why": "Of 6 streams 0 were open after 1 seconds."}
