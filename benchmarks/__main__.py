from __future__ import annotations

import argparse
import json
import sys

from benchmarks import room


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measures Setwise beside a ceiling.")
    what = parser.add_subparsers(dest="what", required=True)
    live = what.add_parser("room", help="live rooms of six, beside a bare fan-out server")
    live.add_argument("--rooms", type=int, default=100)
    live.add_argument("--seconds", type=int, default=20)
    live.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = room.measure(rooms=options.rooms, seconds=options.seconds)
    if options.json:
        print(json.dumps(result))
        return 0
    for name in ("setwise", "bare"):
        print(name, " ".join(f"{key}={value}" for key, value in result[name].items()))
    print(f"CPU a delivery: {result['ratio']['cpu_per_delivery']} × the bare server")
    return 0


if __name__ == "__main__":
    sys.exit(main())
