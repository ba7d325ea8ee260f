"""One tailer a process: its thread carries out presses, notices which rooms moved, and renders them.

Between two presses it holds no transaction: on SQLite `PRAGMA data_version` freezes inside one. Nor
does that see the thread's own writes, so a look follows each turn of presses.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils import timezone

from setwise.prepared import stored
from setwise.room.loading import RoomNow
from setwise.room.stream import gate, noticing
from setwise.room.stream.held import Held
from setwise.room.stream.showing import Look
from setwise.room.stream.turns import Turns
from setwise.room.stream.viewer import Offer, Viewer, hand_over

SQLITE_PAUSE, OTHER_PAUSE = 0.025, 0.1  # seconds between two looks
LOST_PAUSE = 1.0  # seconds until a database that was lost is looked at again
AT_ONCE = 60  # messages handed over at once: the first do not wait for all rooms of a look
CHECK_EVERY = 15.0  # seconds after which a quiet room is read again wholly
CHECKED_AT_ONCE = 4  # such rooms a look, the longest unread first: hundreds fall due at once
log = logging.getLogger(__name__)


class Tailer:
    def __init__(self) -> None:
        self._viewers: dict[UUID, set[Viewer]] = defaultdict(set)
        self._fresh: list[Viewer] = []
        self._stored: dict[Any, UUID] = {}  # each meeting's id, as the database has it
        self._versions: dict[Any, tuple[int, int]] = {}
        self._read: dict[UUID, float] = {}  # when each room was, the longest ago first
        self._accounts_read = 0.0
        self._held: dict[UUID, Held] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._not_before = 0.0  # when the database may be looked at again
        self._data_version: tuple[Any, int] | None = None
        self.turns = Turns(self._wake)
        threading.Thread(target=self._run, name="rooms", daemon=True).start()

    def add(self, viewer: Viewer) -> None:
        with self._lock:
            self._viewers[viewer.meeting].add(viewer)
            self._stored[stored(viewer.meeting)] = viewer.meeting
            self._fresh.append(viewer)
        self._wake.set()

    def remove(self, viewer: Viewer) -> None:
        with self._lock:
            self._viewers[viewer.meeting].discard(viewer)
            if not self._viewers[viewer.meeting]:
                del self._viewers[viewer.meeting]
                del self._stored[stored(viewer.meeting)]
                self._versions.pop(stored(viewer.meeting), None)
                self._read.pop(viewer.meeting, None)
                self._held.pop(viewer.meeting, None)

    def viewers(self) -> list[Viewer]:
        with self._lock:
            return [viewer for group in self._viewers.values() for viewer in group]

    def _run(self) -> None:
        pause = SQLITE_PAUSE if connection.vendor == "sqlite" else OTHER_PAUSE
        while True:
            self._wake.wait(0 if self.turns.waiting else pause)
            self._wake.clear()
            pressed = self.turns.go()
            if pressed:
                self._data_version = None
            if time.monotonic() >= self._not_before:
                self._try_look()
            if pressed:
                self.turns.rest()

    def _try_look(self) -> None:
        try:
            self._look()
        except DatabaseError as error:
            log.warning("The rooms could not be read: %s", type(error).__name__)
            connection.close()
            self._versions, self._data_version = {}, None  # what was not shown is shown then
            self._not_before = time.monotonic() + LOST_PAUSE
        except Exception as error:  # noqa: BLE001 - the thread must not end
            log.error("The rooms could not be shown: %s", type(error).__name__)
            self._not_before = time.monotonic() + 0.2

    def _look(self) -> None:
        with self._lock:
            fresh, self._fresh = self._fresh, []
            watched = dict(self._stored)
        if not watched:
            return
        self._close_accounts()
        due = self._due(1 if self.turns.waiting else CHECKED_AT_ONCE)
        if not (self._database_moved() or fresh or due):
            return
        moved = self._moved(watched)
        show = moved | due | {viewer.meeting for viewer in fresh}
        self._note_read(show)
        self._show(show, due)

    def _database_moved(self) -> bool:
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            number = cursor.fetchone()[0]
        version = connection.connection, number  # each connection counts by itself
        moved = version != self._data_version
        self._data_version = version
        return moved

    def _moved(self, watched: dict[Any, UUID]) -> set[UUID]:
        """The rooms whose version or seats differ from what was shown: `!=`, as a restore goes back."""
        now = noticing.versions(watched)
        before = self._versions
        self._versions = {key: now[key] for key in watched if key in now}
        return {
            meeting
            for key, meeting in watched.items()
            if key not in now or before.get(key) != now[key]
        }

    def _due(self, at_once: int) -> set[UUID]:
        """The rooms to read wholly now: their people may have gone without a word."""
        now, due = time.monotonic(), set[UUID]()
        with self._lock:
            for meeting, at in self._read.items():
                if now - at <= CHECK_EVERY or len(due) == at_once:
                    break
                due.add(meeting)
        return due

    def _note_read(self, meetings: set[UUID]) -> None:
        now = time.monotonic()
        with self._lock:
            for meeting in meetings & self._viewers.keys():
                self._read.pop(meeting, None)
                self._read[meeting] = now

    def _close_accounts(self) -> None:
        """End the streams of closed accounts; those of a session that ended end at their next piece."""
        now = time.monotonic()
        if now - self._accounts_read > CHECK_EVERY:
            self._accounts_read = now
            closed = gate.closed()
            for viewer in self.viewers():
                if viewer.person in closed:
                    viewer.close()

    def _show(self, meetings: set[UUID], due: set[UUID]) -> None:
        """Read these rooms, those `due` wholly, and bring every stream of theirs up to date."""
        with self._lock:
            viewers = {meeting: list(self._viewers.get(meeting, ())) for meeting in meetings}
        alive = gate.alive(viewer.session for group in viewers.values() for viewer in group)
        found = noticing.rooms(meetings)
        offers: list[Offer] = []
        try:
            for meeting, group in viewers.items():
                for viewer in group:
                    if meeting not in found or viewer.session not in alive:
                        viewer.close()
                if meeting in found:
                    self._try_room(found[meeting], group, offers, whole=meeting in due)
                if len(offers) >= AT_ONCE:
                    hand_over(offers)
                    offers = []
        finally:  # what counts as sent is sent, whatever befell the others
            hand_over(offers)

    def _try_room(
        self, room: RoomNow, group: list[Viewer], offers: list[Offer], *, whole: bool
    ) -> None:
        try:
            self._show_room(room, group, offers, whole=whole)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - one room's trouble must not end the others
            self._versions.pop(stored(room.meeting), None)  # it is read again at the next look
            log.error("A room could not be shown: %s", type(error).__name__)

    def _show_room(
        self, room: RoomNow, group: list[Viewer], offers: list[Offer], *, whole: bool
    ) -> None:
        held = self._held.setdefault(room.meeting, Held())
        Look(held, held.read(room, whole=whole, at=timezone.now())).show(group, offers)
        with self._lock:
            if room.meeting not in self._viewers:  # the last one left meanwhile
                self._held.pop(room.meeting, None)
