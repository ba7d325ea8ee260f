from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, cast
from tests.staging import staged


@pytest.fixture(scope="module")
def after(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, lambda: cast(held=True)) as company:
        yield company


@pytest.fixture
def held(after: Cast, db: None) -> Cast:
    """The case after its meeting was held."""
    return copy.deepcopy(after)
