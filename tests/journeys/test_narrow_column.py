"""Six people on a video call: the room stands beside it in a narrow column, and nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.beginning import knock
from tests.journeys.people import Somebody, gathered
from tests.journeys.replaying import CASE, NAMES, next_, play_round
from tests.serving import Server

pytestmark = pytest.mark.browser
COLUMN = {"width": 360, "height": 760}


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    keys = ("ruth", *CASE["meeting"]["present"][:-1])
    with gathered(browser, served, {key: {"viewport": COLUMN} for key in keys}) as people:
        yield people


def test_six_people_hold_a_round_beside_their_video_call(people: dict[str, Somebody]) -> None:
    ruth = people["ruth"]
    assert len(people) == 6
    knock(people)
    link = people["yusuf"].page.get_by_role("link", name="Join by video")
    assert link.get_attribute("href") == CASE["meeting"]["link"]
    ruth.press("Check in")
    people["niamh"].sees("how are you here?")
    next_(ruth, "progress")
    next_(ruth, "bidding")
    ruth.press(f"{NAMES['amara']} presents")
    play_round(people, CASE["rounds"][0], number=1)
    cut = {key: sideways(person) for key, person in people.items()}
    assert cut == dict.fromkeys(people, 0)
    for person in people.values():
        clock = person.page.locator("#region-clock")
        assert clock.is_visible()
        box = clock.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= COLUMN["width"]
        assert person.violations() == []
    assert [each for person in people.values() for each in person.complaints] == []


def sideways(person: Somebody) -> int:
    """How many pixels of the page are to the right of the column."""
    wider: int = person.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider
