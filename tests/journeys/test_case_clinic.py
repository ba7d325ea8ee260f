"""Today we hold a case clinic: the presenter tells, is silent while the others mirror, and decides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.beginning import knock
from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import CASE, NAMES, more, next_
from tests.serving import Server

pytestmark = pytest.mark.browser
GIVEN = CASE["rounds"][0]
SEEN = "I saw a corridor with two doors, and you with your back to both."


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    with gathered(browser, served, ("ruth", "amara", "niamh", "yusuf")) as people:
        yield people


def test_the_presenter_is_silent_while_the_others_mirror(people: dict[str, Somebody]) -> None:
    ruth, amara, niamh = people["ruth"], people["amara"], people["niamh"]
    knock(people)
    ruth.press("Check in")
    niamh.sees("how are you here?")
    more(ruth)
    ruth.page.locator("#other-ways summary").click()
    ruth.press("Case clinic")
    niamh.sees("Mirror")  # the agenda is the clinic's
    next_(ruth, "bidding")
    ruth.press(f"{NAMES['amara']} presents")
    next_(ruth, "tell the case")
    amara.write("statement", "Say it so", statement=GIVEN["statement"])
    next_(ruth, "stillness")
    for person in people.values():
        person.sees("Three minutes without a word.")
    expect(niamh.page.locator("[data-composer=question]")).to_be_hidden()
    next_(ruth, "mirror")
    niamh.sees("The others speak, Amara Nwosu is silent.")
    amara.sees("Stay silent and listen.")
    expect(amara.page.locator("[data-composer=question]:visible")).to_have_count(0)
    expect(amara.page.get_by_role("button", name="silent round")).to_have_count(0)
    niamh.sees("Each says what came up in them")
    niamh.sees("Note what came up")  # the box is the mirror’s by now
    niamh.write("question", "Note it", text=SEEN)
    amara.sees(SEEN)
    assert [each for person in people.values() for each in person.faults()] == []
    next_(ruth, "talk together")
    niamh.sees("Follow the presenter.")
    next_(ruth, "select the action")
    amara.write("action", "I will do this", text=GIVEN["actions"][0]["text"], due_on="2031-02-03")
    niamh.sees(GIVEN["actions"][0]["text"])
    next_(ruth, "feedback")
    next_(ruth, "review")
    expect(niamh.page.get_by_text(SEEN)).to_have_count(0, timeout=PATIENCE)
    next_(ruth, "check-out")
    ruth.press("Close the meeting")
    niamh.sees("The words have left this screen")
    assert [each for person in people.values() for each in person.complaints] == []
