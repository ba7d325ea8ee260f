from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from setwise.project.demo.playing import Play
from setwise.room import checking_in, opening
from tests.cast import Cast, cast
from tests.staging import staged


@pytest.fixture(scope="module")
def before(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, cast) as company:
        yield company


@pytest.fixture(scope="module")
def after(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, lambda: cast(held=True)) as company:
        yield company


@pytest.fixture
def company(before: Cast, db: None) -> Cast:
    """The case before its meeting opens."""
    return copy.deepcopy(before)  # a test may change the rows it holds


@pytest.fixture
def held(after: Cast, db: None) -> Cast:
    """The case after its meeting was held."""
    return copy.deepcopy(after)


@pytest.fixture
def open_play(company: Cast) -> Play:
    """The room is open and everyone who came is checked in."""
    play = company.play
    chair = play.people[play.chair]
    opening.open_room(company.seat("facilitator"), company.meeting, at=play.at)
    assert chair == company.people["facilitator"]
    for key in play.present:
        checking_in.knock(play.entry(key), at=play.tick())
    checking_in.admit(play.entry(play.chair), who=None, at=play.tick())
    return play
