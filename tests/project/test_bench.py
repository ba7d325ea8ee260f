"""The benchmark's own shape: what it measures is never asserted, that it measures is."""

import json
import subprocess
import sys

import pytest

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
