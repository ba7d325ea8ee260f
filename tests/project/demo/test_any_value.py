"""Whatever stands anywhere in a case: it is refused in a line, or the case can be played."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setwise.project.demo.case import wrong
from setwise.project.demo.filling import fill
from setwise.project.demo.playing import play
from tests.project.demo.cases import LEAST, ROUND, RULES
from tests.project.demo.test_filling import NOW

pytestmark = [pytest.mark.long, pytest.mark.once]

WHOLE = f"""{LEAST}
{RULES}
[[ground_rules]]
subject = "time"
text = "We begin on time."
[[last_actions]]
who = "mina"
text = "Ask"
outcome = "done"
[[bids]]
who = "otto"
issue = "I put it off."
{ROUND}
[rounds.feedback]
text = "That one."
[review]
change = "Begin"
[[check_out]]
who = "pia"
learning = "Wait."
"""
NONE_OF_THEM = [
    "",
    " ",
    "x" * 6000,
    "\0",
    0,
    -1,
    10**12,
    True,
    1.5,
    [],
    ["a", "a"],
    {},
    [{}],
    "pia",
]


def places(value: Any, *at: Any) -> Iterator[tuple[Any, ...]]:
    """Every place in a case, as the keys and numbers that lead to it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inside:
        yield (*at, key)
        if isinstance(each, (dict, list)):
            yield from places(each, *at, key)


@pytest.mark.django_db
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_anywhere_is_refused_in_a_line_or_can_be_played(data: st.DataObject) -> None:
    case = copy.deepcopy(tomllib.loads(WHOLE))
    place = data.draw(st.sampled_from([at for at in places(case) if len(at) > 1]))
    row = case
    for key in place[:-1]:
        row = row[key]
    if data.draw(st.booleans()):
        row[place[-1]] = data.draw(st.sampled_from(NONE_OF_THEM))
    else:
        del row[place[-1]]
    if next(wrong(case), ""):
        return
    with transaction.atomic():
        play(fill(case, now=NOW))
        transaction.set_rollback(True)
