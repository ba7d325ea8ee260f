"""Loading a room: every query is one for the whole room.

People and words are read apart, since what has not moved need not be read again.
"""

from setwise.room.loading.now import COLUMNS, RoomNow
from setwise.room.loading.people import people_of
from setwise.room.loading.whole import compose, load
from setwise.room.loading.words import words_of

__all__ = ["COLUMNS", "RoomNow", "compose", "load", "people_of", "words_of"]
