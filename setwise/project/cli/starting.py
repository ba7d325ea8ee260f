"""What every command needs before it touches the database."""

from __future__ import annotations

import sys
from typing import NoReturn

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command


def fail(sentence: str, *, status: int = 1) -> NoReturn:
    """End the command with one plain line."""
    print(sentence, file=sys.stderr)
    sys.exit(status)


def set_up() -> None:
    """Set Django up; a wrong setting ends the command with its own sentence."""
    try:
        django.setup()
    except ImproperlyConfigured as error:
        fail(str(error))


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
        fail(str(trouble))
    except (DatabaseError, ImproperlyConfigured) as error:
        why = next(iter(str(error).splitlines()), type(error).__name__)
        fail(f"The database does not answer: {why}")


def ready() -> None:
    """Set up for a command that works on what is there: it makes no table and no key.

    Without the server's right key, or on a folder in which nothing was ever started, the command
    ends with one line before it does anything.
    """
    set_up()
    from setwise.project import health

    if trouble := health.find():
        fail(f"{trouble.reason} {trouble.remedy}".rstrip())
