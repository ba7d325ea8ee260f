from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setwise.room import loading, regions
from setwise.room.loading import RoomNow
from setwise.room.models import Room
from setwise.room.snapshot import Here, Snapshot, Words
from setwise.room.standing import Scene, Standing, in_common, readable

Parts = tuple[int, int]  # of the people or the words, and of the seats


@dataclass(frozen=True, slots=True)
class Readable:
    """What somebody may read: all of it, and what of it is not theirs alone."""

    all: Words
    in_common: Words


class Held:
    """What a process keeps of one room while somebody looks at it: read again where it moved.

    The words are here in clear, as in the pages that were sent; they go with the last stream.
    """

    def __init__(self) -> None:
        self.rendered = regions.Rendered()
        self._people: tuple[Here, ...] = ()
        self._words: Words | None = None
        self._people_version: Parts | None = None
        self._words_version: Parts | None = None
        self._read: dict[tuple[UUID, Scene], tuple[Here, Standing, Readable]] = {}

    def read(self, room: RoomNow, *, whole: bool, at: datetime) -> Snapshot:
        """The room as it is now; `whole`: nothing kept is trusted.

        Raises Room.DoesNotExist where it has gone meanwhile.
        """
        self.rendered.turn()
        if whole or self._moved(room):
            row = Room.objects.select_related("meeting__learning_set").get(pk=room.id)
            room = RoomNow.of(row)
            people, words = self._parts(room)
            if whole or people != self._people_version:
                self._people, self._people_version = loading.people_of(row, at=at), people
            if whole or words != self._words_version:
                self._words, self._words_version = loading.words_of(row), words
                self._read.clear()
        assert self._words
        return loading.compose(room, self._people, self._words, at=at)

    def words_for(self, here: Here, who: Standing, scene: Scene) -> Readable:
        """What this person may read, made again only where something that decides it has changed.

        Those who may read the same have the very same.
        """
        assert self._words
        before = self._read.get((who.person, scene))
        if before and before[0] is here and before[1] == who:
            return before[2]
        words = readable(self._words, here, who, scene)
        known = [each for _, _, each in self._read.values()]
        found = next((each for each in known if each.all == words), None)
        if found is None:
            common = in_common(words, scene)
            same = next((each.in_common for each in known if each.in_common == common), common)
            found = Readable(words, same)
        self._read[who.person, scene] = here, who, found
        return found

    def _moved(self, room: RoomNow) -> bool:
        return self._words is None or self._parts(room) != (
            self._people_version,
            self._words_version,
        )

    @staticmethod
    def _parts(room: RoomNow) -> tuple[Parts, Parts]:
        seats = room.seats_version
        return (room.people_version, seats), (room.words_version, seats)
