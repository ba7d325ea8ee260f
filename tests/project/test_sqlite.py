"""Statements on SQLite, rewritten once and asked often."""

from __future__ import annotations

import pytest
from django.db import connection

from setwise.project.sqlite.base import converted


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of another database")
@pytest.mark.django_db
def test_each_asking_has_its_own_values() -> None:
    with connection.cursor() as cursor:
        for given in ("a", "b%", "%s"):
            cursor.execute("SELECT %s, %s, '100%%'", [given, 1])
            assert cursor.fetchone() == (given, 1, "100%")
        cursor.execute("SELECT %(a)s || %(a)s", {"a": "x"})
        assert cursor.fetchone() == ("xx",)


def test_a_statement_is_rewritten_once() -> None:
    converted.cache_clear()
    assert [converted("a = %s AND b = %s") for _ in range(3)] == ["a = ? AND b = ?"] * 3
    assert converted.cache_info().misses == 1
