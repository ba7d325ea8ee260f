from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, cast
from tests.sets.gathering import Gathered, gather
from tests.staging import staged


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, cast) as company:
        yield company


@pytest.fixture
def company(stage: Cast, db: None) -> Cast:
    """The case before its meeting opens: rules in force, a facilitator from outside."""
    return copy.deepcopy(stage)  # a test may change the rows it holds


@pytest.fixture
def three(stage: Cast, db: None) -> Gathered:
    """Three people who have begun, beside the case's set: no facilitator, no rules, no meeting."""
    return gather(3)
