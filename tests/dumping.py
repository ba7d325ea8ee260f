"""Everything the database holds, as a dump or a stolen file would tell it."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.db import connection


def rows() -> bytes:
    """Every column of every row of every table, one after the other."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                found += [_raw(value) for value in row]
    assert len(found) > len(apps.get_models())
    return b"\x00".join(found)


def files() -> bytes:
    """SQLite's file and its log as they lie on the disk; nothing where the database is no file."""
    if connection.vendor != "sqlite":
        return b""
    name = Path(str(connection.settings_dict["NAME"]))
    return b"".join(path.read_bytes() for path in (name, Path(f"{name}-wal")) if path.exists())


def _raw(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode()
