from __future__ import annotations

import pytest

from setwise.project.demo.playing import Play
from setwise.room import checking_in, opening
from tests.cast import Cast, cast


@pytest.fixture
def company(db: None) -> Cast:
    """The case before its meeting opens."""
    return cast()


@pytest.fixture
def held(db: None) -> Cast:
    """The case after its meeting was held."""
    return cast(held=True)


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
