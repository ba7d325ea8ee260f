from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from setwise.actions.models import Action
from setwise.meetings import scheduling
from setwise.meetings.models import Meeting, Poll
from tests.actions.company import decided
from tests.cast import Cast, cast
from tests.meetings.planning import AT, plan
from tests.meetings.polls import opened
from tests.staging import staged


@pytest.fixture(autouse=True)
def reply_address(settings: Any) -> None:
    settings.SETWISE_REPLY_ADDRESS = "setwise@sets.example"


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, cast) as company:
        yield company


@pytest.fixture
def company(stage: Cast, db: None) -> Cast:
    """The case before its meeting opens."""
    return copy.deepcopy(stage)


@pytest.fixture
def meeting(company: Cast) -> Meeting:
    return scheduling.fix(company.seat("facilitator"), plan=plan(), at=AT)


@pytest.fixture
def poll(company: Cast) -> Poll:
    return opened(company.seat("facilitator"), at=AT)


@pytest.fixture
def action(company: Cast) -> Action:
    return decided(company.people["member"], company.learning_set)
