from __future__ import annotations

import argparse
import sys
from typing import Any

from setwise.project.cli import starting


def add_to(commands: Any) -> None:
    parser = commands.add_parser("signin-link", help="a link that signs one person in, once")
    parser.add_argument("person", help="their e-mail address")
    parser.set_defaults(do=link)


def link(options: argparse.Namespace) -> int:
    """Print a link that works once, for an hour."""
    starting.ready()
    from django.conf import settings

    from setwise.people.models import Person
    from setwise.people.signing_in import make_link

    person = Person.objects.with_email(options.person)
    if person is None:
        print(f"Nobody here has the address {options.person}.", file=sys.stderr)
        return 1
    print(make_link(person, settings.SETWISE_ORIGIN))
    return 0
