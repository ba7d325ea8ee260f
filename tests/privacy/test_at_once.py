"""Two workers at once erase a set once."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from setwise.privacy import erasing
from setwise.sets.models import LearningSet
from tests.cast import cast
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_at_once() -> None:
    with transaction.atomic():
        company, at = cast(held=True), timezone.now()
    LearningSet.objects.filter(pk=company.learning_set.pk).update(closed_at=at, erases_at=at)
    done = list[bool]()

    def work() -> None:
        done.append(erasing.erase(company.learning_set.pk, at=at))

    assert together(work, work) == ["done", "done"]
    assert sorted(done) == [False, True]
