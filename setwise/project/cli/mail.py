from __future__ import annotations

import argparse
from typing import Any

from setwise.project.cli import starting


def add_to(commands: Any) -> None:
    parser = commands.add_parser("mail", help="read the mail folder of a server without mail")
    what = parser.add_subparsers(dest="what", required=True)
    read = what.add_parser("read", help="show letters, the newest first")
    read.add_argument("--to", default="", help="only those to this address")
    read.add_argument("--most", type=int, default=10)
    read.set_defaults(do=show)


def show(options: argparse.Namespace) -> int:
    """Print the letters in the folder. Whoever can read these can sign in as their readers."""
    starting.ready()
    from setwise.outbox import reading

    letters = reading.letters(to=options.to)[: options.most]
    for letter in letters:
        print(f"To: {letter.to}\nDate: {letter.at:%Y-%m-%d %H:%M}\nSubject: {letter.subject}\n")
        print(letter.text)
        print("-" * 72)
    if not letters:
        print("The mail folder is empty.")
    return 0
