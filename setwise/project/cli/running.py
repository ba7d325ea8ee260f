from __future__ import annotations

import argparse
import contextlib
import os
import shlex
from pathlib import Path
from typing import Any

from setwise.project.cli import listening, starting
from setwise.project.cli.starting import fail

ROOT = Path(__file__).resolve().parents[3]
NO_MAIL_SERVER = "No mail server is set. Letters are kept; read them with:"
USAGE = 2  # the exit status of a command that cannot be carried out as it was written


def add_to(commands: Any) -> None:
    parser = commands.add_parser("run", help="serve Setwise")
    parser.add_argument("--demo", action="store_true", help="fill it from a case and print links")
    parser.add_argument("--case", type=Path, help="the case to fill the demo from")
    parser.add_argument("--played", action="store_true", help="the case's meeting is held already")
    parser.add_argument("--port", default="8000")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, help="the data folder")
    parser.add_argument("--no-worker", action="store_true", help="a worker runs elsewhere")
    parser.set_defaults(do=run)


def run(options: argparse.Namespace) -> int:
    """Migrate, fill or greet, and serve until Ctrl-C."""
    port = _port(options)
    _environment(options, port)
    starting.set_up()
    starting.migrate()
    from django.conf import settings

    base = settings.SETWISE_ORIGIN
    _remember(Path(settings.SETWISE_DATA), base)
    if options.demo:
        from setwise.project.cli.demonstrating import demonstrate

        demonstrate(options.case, played=options.played, port=port)
    else:
        _greet(base, folder=options.data)
    print(f"Setwise serves at {base} – stop it with Ctrl-C.", flush=True)
    from setwise.project.cli.serving import serve

    return serve(options.host, port)


def _port(options: argparse.Namespace) -> int:
    """The port, once it is sure that the command can be carried out as it was written."""
    port = listening.port(options.port)
    if port is None:
        fail(f"A port is a number from 1 to 65535, and not {options.port!r}.", status=USAGE)
    if trouble := listening.trouble(options.host, port):
        fail(trouble, status=USAGE)
    if (options.case or options.played) and not options.demo:
        fail("--case and --played fill a demo: add --demo.", status=USAGE)
    return port


def _environment(options: argparse.Namespace, port: int) -> None:
    folder = options.data
    if folder is None and options.demo and "SETWISE_DATA" not in os.environ:
        folder = ROOT / "data" / "demo"
    if folder:
        os.environ["SETWISE_DATA"] = str(folder.resolve())
    if options.demo:
        os.environ["SETWISE_DEMO"] = "yes"
    if options.no_worker:
        os.environ["SETWISE_WORKER"] = "no"
    if not os.environ.get("SETWISE_ORIGIN") and "SETWISE_ORIGIN_FILE" not in os.environ:
        os.environ["SETWISE_ORIGIN"] = f"http://localhost:{port}"


def _remember(folder: Path, origin: str) -> None:
    """Leave in the data folder where this server is, for links that other commands print.

    A folder that cannot be written is no hindrance here: its links then lead to the default.
    """
    with contextlib.suppress(OSError):
        (folder / "origin").write_text(f"{origin}\n", "utf-8")


def _greet(base: str, *, folder: Path | None) -> None:
    from setwise.outbox import transport
    from setwise.people import first_person

    link = first_person.link(base)
    if link:
        print(f"\nNobody is here yet. This link makes the first person, once:\n\n  {link}\n")
    if transport.keeps_letters():
        there = f"SETWISE_DATA={shlex.quote(str(folder.resolve()))} " if folder else ""
        print(f"{NO_MAIL_SERVER} {there}bin/setwise mail read\n")
