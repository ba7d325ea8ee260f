"""Background work: queries on due columns, claimed by compare-and-set, so any number may run."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from time import monotonic

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from setwise.actions import asking_to_prepare, falling_due, preparing, week
from setwise.mailin import listening, receiving
from setwise.meetings import coming_up, following_seats, polls_due
from setwise.outbox import clearing, sending
from setwise.people import linking
from setwise.privacy import closing, erasing, expiring
from setwise.project import limits
from setwise.room import left_open, noting
from setwise.sets import emptying, offering_guides

PAUSE = 1.0  # seconds between two looks
SELDOM = 60.0  # seconds between two looks at what is due by the day, however much mail there is
BY_THE_DAY: tuple[Callable[..., int], ...] = (
    left_open.close_due,
    following_seats.follow_due,
    asking_to_prepare.post_due,
    coming_up.post_due,
    falling_due.post_due,
    polls_due.ask_due,
    polls_due.close_due,
    polls_due.forget_notes,
    week.post_due,
    preparing.erase_served,
    linking.clear_dead,
    clearing.clear_folder,
    clearing.forget_ended,
    clearing.purge_stopped,
    receiving.forget,
    limits.forget_over,
    closing.close_due,
    erasing.erase_due,
    expiring.expire,
    noting.erase_expired,
    offering_guides.erase_old,
)
log = logging.getLogger(__name__)


def work_once(go_on: Callable[[], bool] = lambda: True) -> int:
    """Do what is due now, one thing after the other while `go_on`; returns how many letters left."""
    _try(partial(emptying.empty_all_due, at=timezone.now()))
    return _try(partial(sending.send_due, at=timezone.now(), go_on=go_on))


def work_seldom() -> int:
    """Do what is due by the day; returns how many things were done."""
    at = timezone.now()
    return sum(job(at=at) for job in BY_THE_DAY)


class Worker:
    """The worker as a thread, for an installation of one process."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to stop and wait until what it is doing is done, ten seconds at most."""
        self.end_soon()
        self._thread.join(timeout=10)

    def end_soon(self) -> None:
        """Ask it to stop after the one thing in hand: a letter half sent would be sent again."""
        self._stopped.set()

    def _goes_on(self) -> bool:
        return not self._stopped.is_set()

    def run(self) -> None:
        """Work until asked to stop, whatever goes wrong on the way.

        What went wrong is told by its kind alone: its words might be somebody's.
        """
        with listening.while_working():
            self._look_on()

    def _look_on(self) -> None:
        seldom = monotonic()
        while self._goes_on():
            if monotonic() >= seldom:
                seldom = monotonic() + SELDOM
                for job in BY_THE_DAY:
                    if self._goes_on():
                        _try(partial(job, at=timezone.now()))
            if not work_once(self._goes_on):
                self._stopped.wait(PAUSE)


def _try(job: Callable[[], int]) -> int:
    """How many things the job did; nothing where it went wrong."""
    try:
        return job()
    except DatabaseError as error:
        log.warning("The worker could not reach the database: %s", type(error).__name__)
        close_old_connections()
    except Exception as error:  # noqa: BLE001 - one thing's trouble must not end the others
        log.error("The worker could not do something: %s", type(error).__name__)
    return 0
