"""How often each address did what is limited: counted in the database's cache until it is over."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.db import connection


def forget_over(*, at: datetime) -> int:
    """Delete the counts whose time is over; returns how many. The cache itself only stops reading them.

    They name network addresses in clear.
    """
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    over = connection.ops.adapt_datetimefield_value(at.astimezone(UTC).replace(tzinfo=None))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [over])  # noqa: S608 - our name
        return int(cursor.rowcount)
