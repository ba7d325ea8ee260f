from __future__ import annotations

from datetime import datetime

from setwise.room import loading, regions
from setwise.room.models import Room
from setwise.room.snapshot import Here, Snapshot, Words


class Held:
    """What a process keeps of one room while somebody looks at it: read again where it moved.

    The words are here in clear, as in the pages that were sent; they go with the last stream.
    """

    def __init__(self) -> None:
        self.rendered = regions.Rendered()
        self._people: tuple[Here, ...] = ()
        self._words: Words | None = None
        self._people_version: tuple[int, int] | None = None
        self._words_version: tuple[int, int] | None = None

    def read(self, room: Room, *, whole: bool, at: datetime) -> Snapshot:
        """The room as it is now; `whole`: nothing kept is trusted."""
        self.rendered.turn()
        seats = room.meeting.learning_set.seats_version
        people, words = (room.people_version, seats), (room.words_version, seats)
        if whole or people != self._people_version:
            self._people, self._people_version = loading.people_of(room, at=at), people
        if whole or self._words is None or words != self._words_version:
            self._words, self._words_version = loading.words_of(room), words
        return loading.compose(room, self._people, self._words, at=at)
