"""What is counted for limits holds among many addresses, and is deleted once its time is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from setwise.project import limits

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def rows(word: str = "") -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE %s", [f"%{word}%"])
        (count,) = cursor.fetchone()
    return int(count)


def test_no_address_is_kept_once_its_time_is_over() -> None:
    cache.clear()
    ask = {"email": "amara@setwise.example"}
    Client().post("/accounts/login/", ask, REMOTE_ADDR="203.0.113.7")
    assert rows("203.0.113.7")
    now = timezone.now()
    assert limits.forget_over(at=now) == 0
    kept = rows()
    assert limits.forget_over(at=now + HOUR) == kept
    assert rows() == 0


def test_many_addresses_make_no_count_forgotten() -> None:
    cache.clear()
    for number in range(320):  # a cache of Django's holds three hundred unless it is told otherwise
        cache.set(f"address-{number:03}", [1.0], 60)
    assert rows("address-") == 320
