"""A set that met without a clock writes down afterwards what it remembers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import CASE, NAMES, more
from tests.serving import Server

pytestmark = pytest.mark.browser
GIVEN = CASE["rounds"][0]


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    with gathered(browser, served, ("ruth", "amara")) as people:
        yield people


def test_a_meeting_is_written_down_after_it_was_held(people: dict[str, Somebody]) -> None:
    ruth, amara = people["ruth"], people["amara"]
    ruth.go("/")
    ruth.page.get_by_role("link", name="Go to the room").click()
    ruth.press("Open the room")
    more(ruth)
    ruth.press("Write it down: we met without the clock")
    ruth.sees("Writing down a meeting already held")
    more(ruth)
    for key in CASE["meeting"]["present"]:
        if key != "ruth":
            ruth.page.get_by_role("button", name=f"Check in {NAMES[key]}", exact=True).click()
            expect(ruth.page.locator("#region-people li", has_text=NAMES[key])).not_to_contain_text(
                "not here", timeout=PATIENCE
            )
    ruth.press(f"{NAMES['amara']} presents")
    amara.go("/")
    amara.page.get_by_role("link", name="Go to the room").click()
    amara.sees("Write down what you remember.")
    amara.write("statement", "Say it so", statement=GIVEN["statement"])
    amara.write("action", "I will do this", text=GIVEN["actions"][0]["text"], due_on="2031-02-03")
    ruth.sees(GIVEN["statement"])
    assert ruth.faults() + amara.faults() == []
    more(ruth)
    ruth.page.locator("#more-controls").get_by_role("button", name="Close the meeting").click()
    ruth.sees("The meeting is over")
    amara.go("/actions/")
    amara.sees(GIVEN["actions"][0]["text"])
    amara.go("/records/")
    amara.page.get_by_role("link", name=GIVEN["statement"]).click()
    amara.sees(GIVEN["statement"])
    assert amara.faults() == []
