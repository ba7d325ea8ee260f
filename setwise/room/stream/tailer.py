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
from django.db.models import QuerySet
from django.utils import timezone, translation

from setwise.room import regions
from setwise.room.models import Room
from setwise.room.snapshot import Snapshot
from setwise.room.standing import standing, visible
from setwise.room.stream import gate
from setwise.room.stream.big_screen import show_screen
from setwise.room.stream.held import Held
from setwise.room.stream.viewer import Viewer

SQLITE_PAUSE, OTHER_PAUSE = 0.025, 0.1  # seconds between two looks
CHECK_EVERY = 15.0  # seconds after which a quiet room is read again wholly
CHECKED_AT_ONCE = (
    4  # rooms a look, the longest unread first: hundreds opened at once fall due at once
)
log = logging.getLogger(__name__)
Moved = tuple[int, int]


class Tailer:
    def __init__(self) -> None:
        self._viewers: dict[UUID, set[Viewer]] = defaultdict(set)
        self._fresh: list[Viewer] = []
        self._versions: dict[UUID, Moved] = {}
        self._read: dict[UUID, float] = {}
        self._accounts_read = 0.0
        self._held: dict[UUID, Held] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._data_version = -1
        threading.Thread(target=self._run, name="rooms", daemon=True).start()

    def add(self, viewer: Viewer) -> None:
        with self._lock:
            self._viewers[viewer.meeting].add(viewer)
            self._fresh.append(viewer)
        self._wake.set()

    def remove(self, viewer: Viewer) -> None:
        with self._lock:
            self._viewers[viewer.meeting].discard(viewer)
            if not self._viewers[viewer.meeting]:
                del self._viewers[viewer.meeting]
                self._versions.pop(viewer.meeting, None)
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
                time.sleep(1)
            except Exception as error:  # noqa: BLE001 - the thread must not end
                log.error("The rooms could not be shown: %s", type(error).__name__)
                time.sleep(0.2)

    def _look(self) -> None:
        with self._lock:
            fresh, self._fresh = self._fresh, []
            watched = set(self._viewers)
        if not watched:
            return
        self._close_accounts()
        due = self._due(watched)
        if not (self._database_moved() or fresh or due):
            return
        moved = self._moved(watched)
        self._read |= dict.fromkeys(moved, time.monotonic())
        self._show(moved | due | {viewer.meeting for viewer in fresh}, due)

    def _database_moved(self) -> bool:
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()[0]
        moved = version != self._data_version
        self._data_version = version
        return bool(moved)

    def _moved(self, watched: set[UUID]) -> set[UUID]:
        """The rooms whose version or seats differ from what was shown: `!=`, as a restore goes back."""
        now = _versions(Room.objects.filter(closed_at=None), watched)
        if others := watched - now.keys():  # closed, with somebody still at its page
            now |= _versions(Room.objects.filter(meeting_id__in=others), others)
        moved = {meeting for meeting, state in now.items() if self._versions.get(meeting) != state}
        self._versions |= {meeting: now[meeting] for meeting in moved}
        return moved | (watched - now.keys())

    def _due(self, watched: set[UUID]) -> set[UUID]:
        """The rooms to read wholly now: their people may have gone without a word."""
        now = time.monotonic()
        since = {meeting: self._read.get(meeting, now) for meeting in watched}
        late = [meeting for meeting, at in since.items() if now - at > CHECK_EVERY]
        due = sorted(late, key=since.__getitem__)[:CHECKED_AT_ONCE]
        self._read = since | dict.fromkeys(due, now)
        return set(due)

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
        rooms = Room.objects.filter(meeting_id__in=meetings).select_related("meeting__learning_set")
        found = {room.meeting_id: room for room in rooms}
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
                self._versions.pop(meeting, None)  # it is read again at the next look
                log.error("A room could not be shown: %s", type(error).__name__)

    def _show_room(self, room: Room, group: list[Viewer], *, whole: bool) -> None:
        held = self._held.setdefault(room.meeting_id, Held())
        snapshot = held.read(room, whole=whole, at=timezone.now())
        for viewer in group:
            if not viewer.gone:
                shows = show_screen if viewer.screen else show
                shows(viewer, snapshot, held.rendered)


def _versions(rooms: QuerySet[Room], watched: set[UUID]) -> dict[UUID, Moved]:
    """The versions of those of these rooms that are watched.

    All open rooms are asked for, by no list: a query of hundreds of ids costs more than their rows.
    """
    rows = rooms.values_list("meeting_id", "version", "meeting__learning_set__seats_version")
    return {meeting: (version, seats) for meeting, version, seats in rows if meeting in watched}


def show(viewer: Viewer, snapshot: Snapshot, rendered: regions.Rendered) -> None:
    """Send what changed; a stream whose seat is gone is closed before anything is sent."""
    who = standing(snapshot, viewer.person)
    if not who.belongs:
        viewer.close()
        return
    seen = visible(snapshot, who)
    with translation.override(viewer.language), timezone.override(viewer.zone):
        shown = regions.render(seen, who, rendered)
    marks: dict[str, Any] = shown | {"clock": regions.clock_mark(seen, who)}
    changed = {name: html for name, html in shown.items() if viewer.sent.get(name) != marks[name]}
    shell = regions.shell(seen, who)
    if changed or viewer.sent.get("shell") != shell:
        viewer.sent = marks | {"shell": shell}
        viewer.offer(
            {
                "version": snapshot.version,
                "regions": changed,
                "shell": shell,
                "announce": regions.announcement(snapshot),
            }
        )
