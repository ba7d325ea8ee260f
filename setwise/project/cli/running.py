from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path
from typing import Any

from setwise.project.cli import starting

ROOT = Path(__file__).resolve().parents[3]
NO_MAIL_SERVER = "No mail server is set. Letters are kept; read them with: bin/setwise mail read"


def add_to(commands: Any) -> None:
    parser = commands.add_parser("run", help="serve Setwise")
    parser.add_argument("--demo", action="store_true", help="fill it from a case and print links")
    parser.add_argument("--case", type=Path, help="the case to fill the demo from")
    parser.add_argument("--played", action="store_true", help="the case's meeting is held already")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, help="the data folder")
    parser.add_argument("--no-worker", action="store_true", help="a worker runs elsewhere")
    parser.set_defaults(do=run)


def run(options: argparse.Namespace) -> int:
    """Migrate, fill or greet, and serve until Ctrl-C."""
    if not _free(options.host, options.port):
        print(f"Port {options.port} is taken. Choose another with --port.", file=sys.stderr)
        return 2
    _environment(options)
    starting.set_up()
    starting.migrate()
    base = os.environ["SETWISE_ORIGIN"]
    if options.demo:
        _demo(options)
    else:
        _greet(base)
    print(f"Setwise serves at {base} – stop it with Ctrl-C.", flush=True)
    return _serve(options)


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _environment(options: argparse.Namespace) -> None:
    folder = options.data
    if folder is None and options.demo and "SETWISE_DATA" not in os.environ:
        folder = ROOT / "data" / "demo"
    if folder:
        os.environ["SETWISE_DATA"] = str(folder.resolve())
    if options.demo:
        os.environ["SETWISE_DEMO"] = "yes"
    if options.no_worker:
        os.environ["SETWISE_WORKER"] = "no"
    os.environ.setdefault("SETWISE_ORIGIN", f"http://localhost:{options.port}")


def _demo(options: argparse.Namespace) -> None:
    from setwise.people.models import Person
    from setwise.people.signing_in import make_link
    from setwise.project.demo.case import CaseError
    from setwise.project.demo.load import load

    made_by_demo = Path(os.environ["SETWISE_DATA"]) / "demo"
    if not Person.objects.exists():
        try:
            load(options.case, played=options.played)
        except CaseError as error:
            print(error, file=sys.stderr)
            sys.exit(1)
        made_by_demo.touch()
    elif not made_by_demo.exists():
        # links that sign in as anyone, and a page of everybody's mail, are for made-up people only
        print(
            "This data folder holds real people: give the demo another with --data.",
            file=sys.stderr,
        )
        sys.exit(1)
    print("\nOne link a person; open each in a window of its own:\n")
    people = list(Person.objects.order_by("joined_at"))
    for person in people:
        key = person.email.split("@", 1)[0]
        link = make_link(
            person, f"http://{key}.localhost:{options.port}", reusable=True, minutes=60 * 24 * 30
        )
        print(f"  {person.name:<24} {link}")
    try:
        socket.getaddrinfo(f"{people[0].email.split('@', 1)[0]}.localhost", options.port)
    except OSError:
        print(
            "\nIf your browser does not know names such as these, put localhost in their place and "
            "use a separate browser profile for each person."
        )
    print(f"\nMail that would be sent: http://localhost:{options.port}/demo/mail/\n")


def _greet(base: str) -> None:
    from setwise.outbox import transport
    from setwise.people import first_person

    link = first_person.link(base)
    if link:
        print(f"\nNobody is here yet. This link makes the first person, once:\n\n  {link}\n")
    if transport.keeps_letters():
        print(f"{NO_MAIL_SERVER}\n")


def _serve(options: argparse.Namespace) -> int:
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(
            "setwise.project.asgi:application",
            host=options.host,
            port=options.port,
            lifespan="on",
            log_level="warning",
            access_log=False,  # a path may hold a link's token
            server_header=False,
            timeout_graceful_shutdown=1,
            proxy_headers=False,
        )
    )
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    return 0
