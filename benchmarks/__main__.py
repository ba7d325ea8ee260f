from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any

from benchmarks import databases, highest, outbox, room
from benchmarks.chaos import running
from benchmarks.coach import measuring
from benchmarks.serving import NoResult


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measures Setwise beside a ceiling.")
    what = parser.add_subparsers(dest="what", required=True)
    live = what.add_parser("room", help="live rooms of six, beside a bare fan-out server")
    live.add_argument("--rooms", type=int, default=100, help="where --highest begins")
    live.add_argument("--seconds", type=int, default=20)
    live.add_argument("--highest", action="store_true", help="find how many rooms it holds")
    live.add_argument("--json", action="store_true")
    live.set_defaults(do=rooms)
    storm = what.add_parser("chaos", help="rooms that write while the server is killed")
    storm.add_argument("--rooms", type=int, default=20)
    storm.add_argument("--clients", type=int, choices=range(2, 7), default=6)
    storm.add_argument("--kills", type=int, default=10)
    storm.add_argument("--database", choices=[*databases.KINDS, "both"], default="both")
    storm.add_argument("--seed", type=int, default=None, help="what everybody does; not its timing")
    storm.add_argument("--json", action="store_true")
    storm.set_defaults(do=chaos)
    mail = what.add_parser("outbox", help="letters into a local server, beside a bare smtplib loop")
    mail.add_argument("--letters", type=int, default=1000)
    mail.add_argument("--runs", type=int, default=3)
    mail.add_argument("--reminders", type=int, default=10_000, help="planned in one pass; 0: none")
    mail.add_argument("--database", choices=[*databases.KINDS, "both"], default="both")
    mail.add_argument("--json", action="store_true")
    mail.set_defaults(do=letters)
    coach = what.add_parser("coach", help="what the question coach is worth on labelled utterances")
    coach.add_argument("--data", type=Path, required=True, help="tab-separated: act, flags, text")
    coach.add_argument("--json", action="store_true")
    coach.set_defaults(do=coached)
    options = parser.parse_args()
    try:
        status: int = options.do(options)
    except NoResult as why:
        print(why, file=sys.stderr)
        return 1
    return status


def rooms(options: argparse.Namespace) -> int:
    if options.highest:
        result = highest.find(begin=options.rooms, seconds=options.seconds)
    else:
        result = room.measure(rooms=options.rooms, seconds=options.seconds)
    if options.json:
        print(json.dumps(result))
        return 0
    for name in ("setwise", "bare"):
        print(name, _line(result[name]))
    print(f"CPU a delivery: {result['ratio']['cpu_per_delivery']} × the bare server")
    if options.highest:
        print(f"Highest number of rooms at p99 under {highest.UNDER:.0f} ms: {result['highest']}")
    return 0


def coached(options: argparse.Namespace) -> int:
    result = measuring.measure(options.data)
    print(json.dumps(result) if options.json else measuring.told(result))
    return 0


def chaos(options: argparse.Namespace) -> int:
    """Exit status 1 where a write was lost, doubled, seen or illegal, or nothing was proved."""
    seed = random.randrange(10**6) if options.seed is None else options.seed
    kinds = databases.KINDS if options.database == "both" else (options.database,)
    found: dict[str, Any] = {}
    for kind in kinds:
        found[kind] = running.run(
            kind, rooms=options.rooms, clients=options.clients, kills=options.kills, seed=seed
        )
    print(json.dumps(found)) if options.json else [
        print(kind, _line(figures)) for kind, figures in found.items()
    ]
    troubles = {kind: running.trouble(found[kind], kills=options.kills) for kind in kinds}
    for kind, trouble in troubles.items():
        if trouble:
            print(f"{kind}, seed {seed}: {trouble}", file=sys.stderr)
    return int(any(troubles.values()))


def letters(options: argparse.Namespace) -> int:
    kinds = databases.KINDS if options.database == "both" else (options.database,)
    result = outbox.measure(
        kinds, letters=options.letters, runs=options.runs, reminders=options.reminders
    )
    if options.json:
        print(json.dumps(result))
        return 0
    for name, figures in result["messages_per_second"].items():
        print(name, _line(figures))
    if options.reminders:
        print("reminders", _line(result["reminders"]))
    print(f"Beside the bare loop, at the worst: {result['ratio']['messages_per_second']}")
    return 0


def _line(figures: dict[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in figures.items())


if __name__ == "__main__":
    sys.exit(main())
