from __future__ import annotations

import argparse
from typing import Any

from setwise.project.cli import starting


def add_to(commands: Any) -> None:
    parser = commands.add_parser("check", help="say in plain words what is wrong with the settings")
    parser.set_defaults(do=check)


def check(options: argparse.Namespace) -> int:
    """Print what is wrong, one thing a line; exit status 1 if anything is, 0 for warnings alone."""
    starting.set_up()
    from django.core import checks

    import setwise.mailin.checks
    import setwise.project.checks
    import setwise.sets.checks  # noqa: F401 - registers ours

    found = [message for message in checks.run_checks() if not message.is_silenced()]
    for message in sorted(found, key=lambda each: each.id or ""):
        print(" ".join(filter(None, (message.msg, message.hint, f"({message.id})"))))
    wrong = any(message.level >= checks.ERROR for message in found)
    if not wrong:
        print("All else is well." if found else "All is well.")
    return int(wrong)
