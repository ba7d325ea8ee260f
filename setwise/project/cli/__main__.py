"""The operator's command."""

from __future__ import annotations

import argparse
import os
import sys

from setwise.project.cli import checking, mail, protocols, running, signin, working

STOPPED = 130  # by Ctrl-C, before it was done


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    os.umask(0o077)  # the database, the keys and the mail are this user's alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "setwise.project.settings")
    if arguments[:1] == ["manage"]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["setwise manage", *arguments[1:]])
        return 0
    parser = argparse.ArgumentParser(
        prog="setwise",
        description="Runs and looks after Setwise.",
        epilog="manage …: Django's own.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (running, working, signin, mail, protocols, checking):
        module.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        status: int = options.do(options)
    except KeyboardInterrupt:
        return STOPPED
    return status


if __name__ == "__main__":
    sys.exit(main())
