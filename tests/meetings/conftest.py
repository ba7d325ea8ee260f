from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from setwise.meetings import scheduling
from setwise.meetings.models import Meeting
from tests.cast import Cast, cast
from tests.meetings.planning import AT, plan
from tests.sets.gathering import Gathered, gather
from tests.staging import staged


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, cast) as company:
        yield company


@pytest.fixture
def company(stage: Cast, db: None) -> Cast:
    """The case before its meeting opens."""
    return copy.deepcopy(stage)  # a test may change the rows it holds


@pytest.fixture
def three(stage: Cast, db: None) -> Gathered:
    """Three people who have begun, beside the case's set."""
    return gather(3)


@pytest.fixture
def meeting(company: Cast) -> Meeting:
    """Another meeting, weeks later, which the facilitator arranged."""
    return scheduling.fix(company.seat("facilitator"), plan=plan(), at=AT)
