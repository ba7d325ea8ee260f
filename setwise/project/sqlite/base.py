"""Django's SQLite, which rewrites each statement's placeholders once and not at every asking.

The rewriting, by a regular expression over the whole text, takes longer than most of the answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from sqlite3 import Cursor

from django.db.backends.sqlite3 import base


class CursorWrapper(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is None:
            return converted(query)
        return str(super().convert_query(query, param_names=param_names))


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=CursorWrapper)
        return cursor


@lru_cache(maxsize=500)
def converted(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
