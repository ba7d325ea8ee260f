from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def one_by_one(job: Callable[[T], int], rows: Iterable[T]) -> int:
    """Do the job, a transaction of its own, with each row; returns how much it did.

    One in trouble holds up none of the others: it is raised once they are done.
    """
    done, trouble = 0, None
    for row in rows:
        try:
            done += job(row)
        except Exception as error:  # noqa: BLE001 - raised below
            trouble = error
    if trouble:
        raise trouble
    return done
