"""Letters a second into a local mail server, beside a bare smtplib loop in the same run."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import databases
from benchmarks.serving import ROOT, NoResult
from benchmarks.sink import Sink

WORKERS = (1, 4)
PATIENCE = 600  # seconds for all letters of a run to be sent
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """One run: letters a second, and the senders' processor time a letter."""

    rate: float
    cpu_ms: float


def measure(kinds: Sequence[str], *, letters: int, runs: int, reminders: int) -> Figures:
    """The median of the runs and their spread; each run measures the bare loop beside each of ours.

    `ratio.messages_per_second` is the lowest of ours over the bare loop's: what is left of its speed.
    """
    found: dict[str, list[Sent]] = {}
    for kind in kinds:
        with databases.on(kind) as (_, env):
            for _ in range(runs):
                for workers in WORKERS:
                    _ask(env, "fill", letters)
                    found.setdefault("bare", []).append(_send(env, "bare", 1, letters))
                    name = f"{kind}_{workers}"
                    found.setdefault(name, []).append(_send(env, "work", workers, letters))
    rates = {name: _spread([each.rate for each in sent]) for name, sent in found.items()}
    ratios = {
        name: round(each["median"] / rates["bare"]["median"], 3) for name, each in rates.items()
    }
    del ratios["bare"]
    return {
        "letters": letters,
        "runs": runs,
        "messages_per_second": rates,
        "cpu_ms_a_message": {
            name: _spread([each.cpu_ms for each in sent], digits=2) for name, sent in found.items()
        },
        "ratio": {"messages_per_second": min(ratios.values()), "of": ratios},
        "reminders": remind(reminders) if reminders else None,
    }


def remind(count: int) -> Figures:
    """What one pass over so many reminders that are due takes, on SQLite."""
    with databases.on("sqlite") as (_, env):
        command = [sys.executable, "-m", "benchmarks.reminders", str(count)]
        planned = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, check=False)
        if planned.returncode:
            raise NoResult("The reminders could not be planned; the reason stands above.")
        figures: Figures = json.loads(planned.stdout)
        return figures


def _send(env: dict[str, str], what: str, processes: int, letters: int) -> Sent:
    """From the moment all begin until the server has taken the last."""
    with Sink() as sink:
        more = {"SETWISE_SMTP_URL": f"smtp://127.0.0.1:{sink.port}", "BENCH_PORT": str(sink.port)}
        senders = [_start(env | more, what, letters) for _ in range(processes)]
        try:
            for each in senders:
                assert each.stdout
                if each.stdout.readline() != "ready\n":
                    raise NoResult("A sender did not start; the reason stands above.")
            for each in senders:
                assert each.stdin
                each.stdin.write("go\n")
                each.stdin.flush()
            began = sink.now()
            if any(each.wait(timeout=PATIENCE) for each in senders):
                raise NoResult("A sender broke off; the reason stands above.")
            spent = sum(float(each.stdout.read()) for each in senders if each.stdout)
        finally:
            for each in senders:
                each.kill()
                each.wait()
        if len(sink.taken) != letters:
            raise NoResult(f"{len(sink.taken)} letters came, and not {letters}.")
        return Sent(letters / (sink.taken[-1] - began), spent * 1000 / letters)


def _start(env: dict[str, str], what: str, letters: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.outbox_at_work", what, str(letters)],
        env=env,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _ask(env: dict[str, str], what: str, letters: int) -> None:
    command = [sys.executable, "-m", "benchmarks.outbox_at_work", what, str(letters)]
    if subprocess.run(command, env=env, cwd=ROOT, check=False).returncode:
        raise NoResult("The letters could not be written; the reason stands above.")


def _spread(figures: list[float], digits: int | None = None) -> dict[str, float]:
    return {
        "median": round(statistics.median(figures), digits),
        "lowest": round(min(figures), digits),
        "highest": round(max(figures), digits),
    }
