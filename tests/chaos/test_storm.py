"""A short storm on each kind of database; `bin/bench chaos` is the long one."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.serving import ROOT

pytestmark = pytest.mark.server
FAULTS = ("lost", "doubled", "seen", "illegal")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_short_storm_loses_doubles_shows_and_breaks_nothing(database: str) -> None:
    command = ["chaos", "--rooms", "3", "--kills", "2", "--database", database, "--json"]
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    figures = json.loads(answer.stdout)[database]
    assert {name: figures[name] for name in FAULTS} == dict.fromkeys(FAULTS, 0)
    assert figures["kills"] == 2
    assert figures["acknowledged"] > 0
