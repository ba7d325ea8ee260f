"""One case in every way of meeting: each holds it to its end, and loses nobody's question or action."""

from __future__ import annotations

from pathlib import Path

import pytest

from setwise.actions.models import Action
from setwise.project.demo.load import load
from setwise.protocols.shipped import KEYS
from setwise.protocols.shipped import load as protocol
from setwise.room.models import Option, Question, Room, Round
from tests.project.demo.cases import LEAST, ROUND, case_file

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
MORE = ROUND.replace('presenter = "otto"', 'presenter = "mina"').replace("explore", "clarify")


@pytest.mark.parametrize("rounds", [[], [ROUND], [ROUND, MORE]], ids=["none", "one", "two"])
@pytest.mark.parametrize("key", KEYS)
def test_a_case_is_held_in_every_way_of_meeting(
    tmp_path: Path, key: str, rounds: list[str]
) -> None:
    rules = f'[rules]\nprotocol = "{key}"\nissues_per_meeting = 1\n'
    load(case_file(tmp_path, LEAST, rules, *rounds), played=True)
    room, many = Room.objects.get(), len(rounds)
    assert room.closed_at is not None
    assert room.course.protocol == (key if protocol(key).issues >= many else "classic")
    assert [row.words("statement") for row in Round.objects.all()] == ["How do I begin?"] * many
    counts = [model._default_manager.count() for model in (Question, Option, Action)]
    assert counts == [many] * 3
