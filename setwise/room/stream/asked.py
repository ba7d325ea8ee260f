from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import QuerySet

from setwise.prepared import stored

ID, TEXT = uuid4(), "text"  # what a list may be of
Row = Iterable[Any]


class Asked:
    """A query of values that is asked at every look: compiled once a kind of database.

    Django takes ten times as long to compile such a query as SQLite to answer it. `query` takes a
    list, of what `of` is an example of, and reads nothing else that could change. Without `of` it
    leaves the list alone.
    """

    def __init__(self, query: Callable[[list[Any]], QuerySet[Any, Any]], of: object = None) -> None:
        self._query, self._of = query, of
        self._made: dict[str, _Made] = {}

    def rows(self, which: Collection[Any] = ()) -> Iterable[Row]:
        """The rows for these, their values as Django has them."""
        made, found = self._ask(which)
        rows: Iterable[Row] = made.compiler.apply_converters(found, made.converters)
        return rows

    def stored_rows(self, which: Collection[Any] = ()) -> list[Any]:
        """The rows for these, their values as the database has them."""
        return self._ask(which)[1]

    def _ask(self, which: Collection[Any]) -> tuple[_Made, list[Any]]:
        made = self._made.get(connection.vendor) or self._make()
        sql = made.sql.replace("%s", ",".join(["%s"] * len(which)))
        with connection.cursor() as cursor:
            cursor.execute(sql, [stored(each) for each in which])
            return made, cursor.fetchall()

    def _make(self) -> _Made:
        example = [] if self._of is None else [self._of]
        compiler: Any = self._query(example).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if [*params] != [stored(each) for each in example] or sql.count("%") != len(example):
            raise TypeError("The list alone may stand in the query.")
        converters = compiler.get_converters([each[0] for each in compiler.select])
        self._made[connection.vendor] = made = _Made(sql, compiler, converters)
        return made


@dataclass(frozen=True, slots=True)
class _Made:
    sql: str
    compiler: Any
    converters: Any
