from __future__ import annotations

import argparse
import sys
from typing import Any

from setwise.project.cli import starting

NO_SERVER = "No mail server is set, so letters go to the mail folder. Set SETWISE_SMTP_URL."
USAGE = 2  # the exit status of a command that cannot be carried out as it was written


def add_to(commands: Any) -> None:
    parser = commands.add_parser("mail", help="try the mail server; read the folder without one")
    what = parser.add_subparsers(dest="what", required=True)
    read = what.add_parser("read", help="show letters, the newest first")
    read.add_argument("--to", default="", help="only those to this address")
    read.add_argument("--most", type=int, default=10)
    read.set_defaults(do=show)
    test = what.add_parser(
        "test",
        help="send a trial letter, and say why if it fails",
        description="Exit status 0: the mail server took it; 1: it did not, and why.",
    )
    test.add_argument("address")
    test.set_defaults(do=try_out)


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


def try_out(options: argparse.Namespace) -> int:
    """Hand the mail server a trial letter, and tell what came of it. No database is needed."""
    starting.set_up()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from setwise.outbox import transport, trial

    try:
        validate_email(options.address)
    except ValidationError:
        starting.fail(f"{options.address!r} is no address.", status=USAGE)
    if transport.keeps_letters():
        starting.fail(NO_SERVER)
    print(f"Handing a letter for {options.address} to {_server()} …", flush=True)
    delivery = trial.send(options.address)
    if delivery.trouble:
        print(delivery.trouble.sentence, file=sys.stderr)
        if not delivery.answer.startswith("No answer"):
            print(f"It said: {delivery.answer}", file=sys.stderr)
        print(delivery.trouble.remedy, file=sys.stderr)
        return 1
    print("It was accepted. See whether it arrives, and look among the spam too.")
    return 0


def _server() -> str:
    """The mail server as its setting names it, without its user and password."""
    from urllib.parse import urlsplit

    from django.conf import settings

    parts = urlsplit(settings.SETWISE_SMTP_URL)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}"
