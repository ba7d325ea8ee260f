from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from benchmarks import highest, room
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


def _line(figures: dict[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in figures.items())


if __name__ == "__main__":
    sys.exit(main())
