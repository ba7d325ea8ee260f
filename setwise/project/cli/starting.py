"""What every command needs before it touches the database."""

from __future__ import annotations

import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command


def set_up() -> None:
    """Set Django up; a wrong setting ends the command with its own sentence."""
    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        sys.exit(1)


def migrate() -> None:
    """Bring the database up to date, with its cache table and the server's key."""
    from django.db import DatabaseError

    from setwise.vault import serverkey

    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        serverkey.ensure()
        serverkey.verify()
    except serverkey.KeyTrouble as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(1)
    except DatabaseError as error:
        print(f"The database does not answer: {str(error).splitlines()[0]}", file=sys.stderr)
        sys.exit(1)
