"""Django's SQLite, which does once what it would do at every asking.

To rewrite a statement's placeholders, by a regular expression over the whole text, takes longer than
most of the answers. A row of a room has some forty ids and times, and the same ones again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from sqlite3 import Cursor
from typing import Any
from uuid import UUID

from django.db.backends.sqlite3 import base, operations


class CursorWrapper(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is None:
            return converted(query)
        return str(super().convert_query(query, param_names=param_names))


class DatabaseOperations(operations.DatabaseOperations):
    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if type(value) is datetime and value.tzinfo is None:
            return value.replace(tzinfo=self.connection.timezone)
        return super().convert_datetimefield_value(value, expression, connection)

    def convert_uuidfield_value(self, value: Any, expression: Any, connection: Any) -> UUID | None:
        return None if value is None else id_of(value)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=CursorWrapper)
        return cursor


@lru_cache(maxsize=500)
def converted(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


@lru_cache(maxsize=10_000)
def id_of(digits: str) -> UUID:
    return UUID(digits)
