from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from setwise.protocols.agenda import plan
from setwise.protocols.shape import Protocol, ProtocolError
from setwise.protocols.shipped import parse

CANNOT_WORK, CANNOT_BE_READ = 1, 2


def add_to(commands: Any) -> None:
    parser = commands.add_parser("protocol", help="check a protocol of your own")
    what = parser.add_subparsers(dest="what", required=True)
    checks = what.add_parser(
        "check",
        help="say whether a meeting could follow this file",
        description="Exit status 0: a meeting could follow it; 1: it could not, with a line for "
        "each reason; 2: the file cannot be read.",
    )
    checks.add_argument("file", type=Path)
    checks.set_defaults(do=check)


def check(options: argparse.Namespace) -> int:
    """Print the agenda that the file makes, or a line for each reason why it cannot work."""
    try:
        protocol = parse(options.file.read_text("utf-8"), key=options.file.stem)
    except OSError as error:
        print(f"{options.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return CANNOT_BE_READ
    except UnicodeDecodeError:
        print(f"{options.file} is not a text in UTF-8.", file=sys.stderr)
        return CANNOT_BE_READ
    except ProtocolError as error:
        print(error, file=sys.stderr)
        return CANNOT_WORK
    print(f"{protocol.label}: {protocol.minutes} minutes, {protocol.in_hand} kept in hand.")
    for issues in range(1, max(protocol.issues, 1) + 1):
        _show(protocol, issues)
    return 0


def _show(protocol: Protocol, issues: int) -> None:
    if protocol.issues:
        print(f"\nWith {'one issue' if issues == 1 else 'two issues'}:\n")
    else:
        print()
    for stop in plan(protocol, minutes=protocol.minutes, issues=issues):
        name = f"{stop.round}. {stop.title}" if stop.round else stop.title
        print(f"  {stop.minutes:>3}  {name}")
