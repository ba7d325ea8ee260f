from __future__ import annotations

import argparse
from typing import Any

from setwise.project.cli import starting


def add_to(commands: Any) -> None:
    parser = commands.add_parser("check", help="say in plain words what is wrong with the settings")
    parser.set_defaults(do=check)


def check(options: argparse.Namespace) -> int:
    """Print what is wrong, one thing a line; exit status 1 if anything is."""
    starting.set_up()
    from django.core import checks

    from setwise.project.health import trouble

    wrong = [f"{message.id}: {message.msg}" for message in checks.run_checks()]
    if reason := trouble():
        wrong.append(reason)
    for line in wrong:
        print(line)
    if not wrong:
        print("All is well.")
    return int(bool(wrong))
