from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from setwise.protocols.agenda import plan
from setwise.protocols.shape import ProtocolError
from setwise.protocols.shipped import parse


def add_to(commands: Any) -> None:
    parser = commands.add_parser("protocol", help="check a protocol of your own")
    what = parser.add_subparsers(dest="what", required=True)
    checks = what.add_parser("check", help="say whether a meeting could follow this file")
    checks.add_argument("file", type=Path)
    checks.set_defaults(do=check)


def check(options: argparse.Namespace) -> int:
    """Print the agenda that the file makes, or why it cannot work, with exit status 1."""
    try:
        protocol = parse(options.file.read_text("utf-8"), key=options.file.stem)
    except OSError as error:
        print(f"{options.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    except UnicodeDecodeError:
        print(f"{options.file} is not a text in UTF-8.", file=sys.stderr)
        return 1
    except ProtocolError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{protocol.label}: {protocol.minutes} minutes, {protocol.in_hand} kept in hand.\n")
    for stop in plan(protocol, minutes=protocol.minutes, issues=protocol.issues):
        name = f"{stop.round}. {stop.title}" if stop.round else stop.title
        print(f"  {stop.minutes:>3}  {name}")
    return 0
