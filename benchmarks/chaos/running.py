"""One storm on each kind of database, and its figures."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

from benchmarks import databases
from benchmarks.chaos import checking, storm
from benchmarks.chaos.facts import Held
from benchmarks.serving import ROOT, NoResult

FAULTS = ("lost", "doubled", "seen", "illegal")
COUNTED = ("kills", "repeats", "reconnects", "looks", "troubles")
TOLD = 20  # faults of a kind, on standard error; all are counted
HAPPENED = {
    "acknowledged": "Nothing was acknowledged",
    "repeats": "Nothing was repeated",
    "reconnects": "Nobody came back",
    "shown": "No word reached anybody",
    "looks": "Nothing was looked at from outside",
    "gone": "Nobody's seat ended",
}
Figures = dict[str, Any]


def run(database: str, *, rooms: int, clients: int, kills: int, seed: int) -> Figures:
    """The figures of one storm; each fault is told on standard error, without a word that was said."""
    began = time.monotonic()
    with databases.on(database) as (folder, env):
        plan = json.loads(_asked("benchmarks.chaos.filling", env, str(rooms), str(clients)))
        facts = storm.rage(folder, env, plan, kills=kills, seed=seed)
        meetings = "\n".join(room["meeting"] for room in plan)
        held = Held.loaded(json.loads(_asked("benchmarks.chaos.reading", env, said=meetings)))
    faults = checking.check(facts, held)
    for name, sentences in faults.items():
        for sentence in sentences[:TOLD]:
            print(f"{database}, {name}: {sentence}", file=sys.stderr)
    refused = {k.split()[1]: n for k, n in facts.counts.items() if k.startswith("refused")}
    return {
        "acknowledged": sum(each.done_at is not None for each in facts.writes),
        **{name: len(faults[name]) for name in FAULTS},
        **{name: facts.counts[name] for name in COUNTED},
        "refused": dict(sorted(refused.items())),
        "shown": len(facts.shown),
        "gone": len(facts.gone),
        "seconds": round(time.monotonic() - began, 1),
    }


def trouble(figures: Figures, *, kills: int) -> str:
    """Why this was not passed; '' where it was. What did not happen proves nothing either."""
    if wrong := [name for name in FAULTS if figures[name]]:
        return f"Found: {', '.join(f'{figures[name]} {name}' for name in wrong)}."
    if figures["kills"] != kills:
        return f"The server was killed {figures['kills']} times, and not {kills}."
    nothing = next((said for name, said in HAPPENED.items() if not figures[name]), "")
    return f"{nothing}, so nothing is proved." if nothing else ""


def _asked(module: str, env: dict[str, str], *arguments: str, said: str = "") -> str:
    """What a module prints that works on the database, in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=env,
        cwd=ROOT,
        input=said,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if answer.returncode:
        raise NoResult(f"{module} broke off. It said:\n{answer.stderr}")
    return answer.stdout
