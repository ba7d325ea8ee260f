"""Two workers at once erase a set once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from setwise.privacy import erasing
from setwise.sets.models import LearningSet
from tests.cast import cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_at_once() -> None:
    with transaction.atomic():
        company, at = cast(held=True), timezone.now()
    LearningSet.objects.filter(pk=company.learning_set.pk).update(closed_at=at, erases_at=at)
    start, done = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        done.append(erasing.erase(company.learning_set.pk, at=at))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, True]
