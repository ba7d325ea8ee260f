from __future__ import annotations

import argparse
import signal
from typing import Any

from setwise.project.cli import starting


def add_to(commands: Any) -> None:
    parser = commands.add_parser("worker", help="do background work, apart from the web server")
    parser.add_argument("--once", action="store_true", help="do what is due now, and stop")
    parser.set_defaults(do=work)


def work(options: argparse.Namespace) -> int:
    """Work until Ctrl-C or TERM, which end it alike: after the one thing in hand, without a word.

    Any number of workers may run beside each other.
    """
    starting.ready()
    from setwise.mailin import listening
    from setwise.project.worker import Worker, work_once, work_seldom

    if options.once:
        work_seldom()
        listening.look_once()
        print(f"{work_once()} letters sent.")
        return 0
    worker = Worker()
    for how in (signal.SIGINT, signal.SIGTERM):
        signal.signal(how, lambda *_: worker.end_soon())
    worker.run()
    return 0
