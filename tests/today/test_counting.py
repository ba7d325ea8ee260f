"""Today and a set's home take as many queries with many of one's actions as with one."""

from __future__ import annotations

import pytest

from tests.actions.company import browser, decided, gather, somebody
from tests.sets.visiting import queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", ["/", "/sets/{}/"])
def test_today_and_a_sets_home(url: str) -> None:
    learning_set = gather("amara", "tomasz")
    own, where, counts = browser(somebody("amara")), url.format(learning_set.id), []
    for numbers in (range(1), range(1, 10)):
        for number in numbers:
            decided(somebody("amara"), learning_set, f"Open {number}")
        assert own.get(where).content.decode().count("Open ") >= numbers.stop
        counts.append(queries(own, where))
    assert counts[0] == counts[1]
