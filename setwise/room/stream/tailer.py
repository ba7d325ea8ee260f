"""One tailer a process: it notices which rooms moved, and renders for whoever looks at them.

It has a connection of its own, which never writes and never holds a transaction: on SQLite
`PRAGMA data_version` does not see its own connection's writes, and freezes inside a transaction.
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
from setwise.room.stream.viewer import Viewer

SQLITE_PAUSE, OTHER_PAUSE = 0.025, 0.1  # seconds between two looks
CHECK_EVERY = 15.0  # seconds after which a quiet room is read again wholly
CHECKED_AT_ONCE = (
    4  # rooms a look, the longest unread first: hundreds opened at once fall due at once
)
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
        self._data_version = -1
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
            self._wake.wait(pause)
            self._wake.clear()
            try:
                self._look()
            except DatabaseError as error:
                log.warning("The rooms could not be read: %s", type(error).__name__)
                connection.close()
                self._versions, self._data_version = {}, -1  # what was not shown is shown then
                time.sleep(1)
            except Exception as error:  # noqa: BLE001 - the thread must not end
                log.error("The rooms could not be shown: %s", type(error).__name__)
                time.sleep(0.2)

    def _look(self) -> None:
        with self._lock:
            fresh, self._fresh = self._fresh, []
            watched = dict(self._stored)
        if not watched:
            return
        self._close_accounts()
        due = self._due()
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
            version = cursor.fetchone()[0]
        moved = version != self._data_version
        self._data_version = version
        return bool(moved)

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

    def _due(self) -> set[UUID]:
        """The rooms to read wholly now: their people may have gone without a word."""
        now, due = time.monotonic(), set[UUID]()
        with self._lock:
            for meeting, at in self._read.items():
                if now - at <= CHECK_EVERY or len(due) == CHECKED_AT_ONCE:
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
        for meeting, group in viewers.items():
            for viewer in group:
                if meeting not in found or viewer.session not in alive:
                    viewer.close()
            try:
                if meeting in found:
                    self._show_room(found[meeting], group, whole=meeting in due)
            except DatabaseError:
                raise
            except Exception as error:  # noqa: BLE001 - one room's trouble must not end the others
                self._versions.pop(stored(meeting), None)  # it is read again at the next look
                log.error("A room could not be shown: %s", type(error).__name__)

    def _show_room(self, room: RoomNow, group: list[Viewer], *, whole: bool) -> None:
        held = self._held.setdefault(room.meeting, Held())
        Look(held, held.read(room, whole=whole, at=timezone.now())).show(group)
        with self._lock:
            if room.meeting not in self._viewers:  # the last one left meanwhile
                self._held.pop(room.meeting, None)
