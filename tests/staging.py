"""A company made once for a module's tests instead of once for each: most of a test's time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from pytest_django import DjangoDbBlocker

T = TypeVar("T")


@contextmanager
def staged(blocker: DjangoDbBlocker, make: Callable[[], T]) -> Iterator[T]:
    """What `make` makes, until the end. Each test's own transaction nests in this one's and is
    undone after it; a test in threads sees nothing of it and belongs in a module of its own."""
    outer = transaction.atomic()
    with blocker.unblock():
        outer.__enter__()
        made = make()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
