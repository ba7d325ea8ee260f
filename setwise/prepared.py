"""Statements asked at every press in a room: compiled once, then asked as they stand.

Django builds and compiles a query anew each time it is asked, which takes some ten times what
SQLite takes to answer a small one. The query itself stays Django's, and so do its rows.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)
AField = Field[Any, Any]
MARKS: dict[type, Callable[[], object]] = {uuid.UUID: uuid.uuid4, str: secrets.token_hex}


class Prepared(Generic[M]):
    """A query of one model by ids or texts of these `kinds`: called once a kind of database.

    What `query` reads besides them, such as a setting, is kept for ever: constants only. A time, the
    likeliest of these mistakes, is refused. Rows that it selects with `select_related` come with it.
    """

    def __init__(self, query: Callable[..., QuerySet[M]], kinds: tuple[type, ...]) -> None:
        self._query, self._kinds = query, kinds
        self._made: dict[str, _Made[M]] = {}

    def first(self, *given: uuid.UUID | str) -> M | None:
        """The first row with these, or None."""
        made = self._made.get(connection.vendor) or self._make()
        values = [stored(each) for each in given]
        params = [values[each.number] if isinstance(each, _Place) else each for each in made.params]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, params)
            row = cursor.fetchone()
        return made.instance(row) if row else None

    def _make(self) -> _Made[M]:
        marks = [MARKS[kind]() for kind in self._kinds]
        query = self._query(*marks)[:1]
        if any(isinstance(leaf.rhs, date) for leaf in query.query.where.leaves()):
            raise TypeError("This time would stay the time at which the query was compiled.")
        compiler = query.query.get_compiler(connection=connection)
        sql, given = compiler.as_sql()
        numbers = [stored(mark) for mark in marks]
        params = [_Place(numbers.index(each)) if each in numbers else each for each in given]
        if {each.number for each in params if isinstance(each, _Place)} != {*range(len(marks))}:
            raise TypeError("Each id must stand in the query as it is given.")
        made = self._made[connection.vendor] = _Made(sql, params, compiler)
        return made


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one of what is given goes among a query's parameters."""

    number: int


class _Made(Generic[M]):
    """A compiled query, and how its columns become rows of models, as in Django's own reading."""

    def __init__(self, sql: str, params: list[Any], compiler: Any) -> None:
        self.sql, self.params = sql, params
        self._rows = _Rows(compiler.klass_info, compiler.select)
        converters = compiler.get_converters([each[0] for each in compiler.select])
        self._converters = [
            (place, converter, column)
            for place, (chain, column) in converters.items()
            for converter in chain
        ]

    def instance(self, columns: Iterable[Any]) -> M:
        row = list(columns)
        for place, converter, column in self._converters:
            row[place] = converter(row[place], column, connection)
        return cast(M, self._rows.read(row))


class _Rows:
    """Where among a query's columns those of one model are, and of the models selected with it.

    Its rows are as Django makes them, but nothing is asked about each: no default, and no receiver of
    `pre_init` or `post_init`.
    """

    def __init__(self, info: Any, select: Any) -> None:
        fields = info["select_fields"]
        self._model: type[Model] = info["model"]
        self._start, self._end = fields[0], fields[-1] + 1
        self._names = [each[0].target.attname for each in select[self._start : self._end]]
        self._key = self._names.index(self._model._meta.pk.attname)
        self._related = [
            (_Rows(each, select), each["local_setter"], each["remote_setter"])
            for each in info.get("related_klass_infos", ())
        ]

    def read(self, row: list[Any]) -> Model | None:
        """The row of this model, None where an outer join found none."""
        values = row[self._start : self._end]
        if values[self._key] is None:
            return None
        found = self._model.__new__(self._model)
        found.__dict__.update(zip(self._names, values, strict=True))
        found._state = ModelState()
        found._state.db, found._state.adding = connection.alias, False
        for other, set_here, set_there in self._related:
            beside = other.read(row)
            set_here(found, beside)
            if beside is not None:
                set_there(beside, found)
        return found


def prepared(*kinds: type) -> Callable[[Callable[..., QuerySet[M]]], Prepared[M]]:
    """Make a prepared query of a function from values of these kinds to a query set."""
    return lambda query: Prepared(query, kinds)


def stored(value: Any) -> Any:
    """A value as the database has it: SQLite keeps an id as its hexadecimal digits."""
    if isinstance(value, uuid.UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def add(row: Model) -> bool:
    """Insert a new row; False, and nothing is done, where one that it may not be beside is there.

    On PostgreSQL it waits for a transaction that is just adding such a one.
    """
    sql, fields = _insert(type(row))
    values = [each.get_db_prep_save(each.pre_save(row, add=True), connection) for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return bool(cursor.rowcount)


def change(model: type[Model], pk: uuid.UUID, /, *counts: str, **facts: object) -> None:
    """Set these facts of one row, and add 1 to each of its counts, in one statement."""
    sql, fields = _update(model, counts, tuple(facts))
    pairs = zip(fields, facts.values(), strict=True)
    values = [each.get_db_prep_save(value, connection) for each, value in pairs]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, stored(pk)])


@cache
def _insert(model: type[Model]) -> tuple[str, list[AField]]:
    fields = list(model._meta.local_concrete_fields)
    columns, places = ", ".join(map(_column, fields)), ", ".join(["%s"] * len(fields))
    into = f"{_quoted(model._meta.db_table)} ({columns})"
    return f"INSERT INTO {into} VALUES ({places}) ON CONFLICT DO NOTHING", fields  # noqa: S608


@cache
def _update(
    model: type[Model], counts: tuple[str, ...], facts: tuple[str, ...]
) -> tuple[str, list[AField]]:
    counted = [_column(_field(model, name)) for name in counts]
    fields = [_field(model, name) for name in facts]
    changes = [f"{name} = {name} + 1" for name in counted]
    changes += [f"{_column(each)} = %s" for each in fields]
    table, key = _quoted(model._meta.db_table), _column(model._meta.pk)
    return f"UPDATE {table} SET {', '.join(changes)} WHERE {key} = %s", fields  # noqa: S608


def _field(model: type[Model], name: str) -> AField:
    found = model._meta.get_field(name)
    assert isinstance(found, Field)
    return found


def _column(field: AField) -> str:
    return _quoted(field.column)


def _quoted(name: Any) -> str:
    """A name of a model's own, which is the only kind that these statements are made of."""
    return str(connection.ops.quote_name(name))
