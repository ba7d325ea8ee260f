"""The demo: filled from a case once, and a link for each of its people at every start."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from setwise.project.cli.starting import fail

if TYPE_CHECKING:
    from setwise.project.demo.hosts import Made

A_MONTH = 60 * 24 * 30  # minutes


def demonstrate(case: Path | None, *, played: bool, port: int) -> None:
    """Fill an empty data folder from the case, and print a link a person. Django is set up before."""
    from setwise.people.models import Person
    from setwise.people.signing_in import make_link
    from setwise.project.demo.hosts import hosts

    made = _made(case, played=played)
    print("\nOne link a person; open each in a window of its own:\n")
    found = hosts(Person.objects.order_by("joined_at"), made)
    addresses = {person.email: label for label, person in found}
    replace(made, hosts=addresses).write(Path(settings.SETWISE_DATA) / "demo")
    for label, person in found:
        base = f"http://{label}.localhost:{port}"
        link = make_link(person, base, reusable=True, minutes=A_MONTH)
        print(f"  {person.name:<24} {link}")
    try:
        socket.getaddrinfo(f"{found[0][0]}.localhost", port)
    except OSError:
        print(
            "\nIf your browser does not know names such as these, put localhost in their place and "
            "use a separate browser profile for each person."
        )
    print(f"\nMail that would be sent: http://localhost:{port}/demo/mail/\n")


def _made(case: Path | None, *, played: bool) -> Made:
    """What made the people here; the case is loaded where there are none yet."""
    from setwise.people.models import Person
    from setwise.project.demo.case import DEFAULT
    from setwise.project.demo.hosts import Made

    known = Path(settings.SETWISE_DATA) / "demo"
    if not Person.objects.exists():
        return _load(case or DEFAULT, known, played=played)
    if not known.exists():
        # links that sign in as anyone, and a page of everybody's mail, are for made-up people only
        fail("This data folder holds real people: give the demo another with --data.")
    made = Made.read(known)
    if made.is_other(case, played=played):
        fail("This data folder holds another demo: give this one a folder of its own with --data.")
    return made


def _load(case: Path, known: Path, *, played: bool) -> Made:
    from setwise.project.demo.case import CaseError
    from setwise.project.demo.hosts import Made
    from setwise.project.demo.load import load

    try:
        # its people are known to be made up before anybody can see them
        with transaction.atomic():
            filled = load(case, played=played)
            made = Made.of(case, played=played, people=filled.people)
            made.write(known)
    except CaseError as error:
        fail(str(error))
    return made
