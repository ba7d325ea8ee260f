"""Queries asked at every press in a room: compiled once, then asked as they stand.

Django builds and compiles a query anew each time it is asked, which takes some ten times what
SQLite takes to answer a small one. The query itself stays Django's, and so do its rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet, UUIDField

M = TypeVar("M", bound=Model)
_ids = UUIDField[Any, Any]()


class Prepared(Generic[M]):
    """A query of one model by `count` ids, as `query` makes it: called once a kind of database.

    What it reads besides its ids, such as a setting, is kept for ever: constants only. A time, the
    likeliest of these mistakes, is refused. `select_related` has no effect.
    """

    def __init__(self, query: Callable[..., QuerySet[M]], count: int) -> None:
        self._query, self._count = query, count
        self._compiled: dict[str, tuple[type[M], str, list[Any]]] = {}

    def first(self, *ids: uuid.UUID) -> M | None:
        """The first row with these ids, or None."""
        model, sql, places = self._compiled.get(connection.vendor) or self._compile()
        given = [_ids.get_db_prep_value(each, connection) for each in ids]
        params = [given[each.number] if isinstance(each, _Place) else each for each in places]
        return next(iter(model._default_manager.raw(sql, params)), None)

    def _compile(self) -> tuple[type[M], str, list[Any]]:
        marks = [uuid.uuid4() for _ in range(self._count)]
        query = self._query(*marks)[:1]
        sql, params = query.query.sql_with_params()
        numbers = [_ids.get_db_prep_value(mark, connection) for mark in marks]
        places = [_Place(numbers.index(each)) if each in numbers else each for each in params]
        if {each.number for each in places if isinstance(each, _Place)} != {*range(self._count)}:
            raise TypeError("Each id must stand in the query as it is given.")
        if any(isinstance(leaf.rhs, date) for leaf in query.query.where.leaves()):
            raise TypeError("This time would stay the time at which the query was compiled.")
        self._compiled[connection.vendor] = compiled = (query.model, sql, places)
        return compiled


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an id goes among a query's parameters."""

    number: int


def prepared(count: int) -> Callable[[Callable[..., QuerySet[M]]], Prepared[M]]:
    """Make a prepared query of a function from `count` ids to a query set."""
    return lambda query: Prepared(query, count)
