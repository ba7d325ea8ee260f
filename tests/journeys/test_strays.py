"""Words typed for a round that is over, and never sent: nothing takes them any more; they are kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.beginning import knock
from tests.journeys.people import PATIENCE, Somebody
from tests.journeys.replaying import NAMES, next_
from tests.serving import Server

pytestmark = pytest.mark.browser
WORDS = "What would you do if nobody waited for you?"


def test_unsent_words_outlive_their_round_and_a_reload(browser: Browser, served: Server) -> None:
    keys = ("ruth", "niamh", "amara")
    people = {key: Somebody.of_demo(browser, served, key) for key in keys}
    ruth, niamh = people["ruth"], people["niamh"]
    knock(people)
    ruth.press("Check in")
    niamh.sees("how are you here?")
    for title in ("progress", "bidding"):
        next_(ruth, title)
    ruth.press(f"{NAMES['amara']} presents")
    for title in ("present", "clarify"):
        next_(ruth, title)
    niamh.composer("question").locator("[name=text]").fill(WORDS)
    ruth.press("End the round")
    niamh.sees("Stretch")
    expect(niamh.page.locator("[data-composer=question] [name=text]")).to_have_value(WORDS)

    niamh.page.reload()
    strays = niamh.page.locator("setwise-strays")
    expect(strays.get_by_text(WORDS)).to_be_visible(timeout=PATIENCE)
    assert niamh.faults() == []
    strays.get_by_role("button", name="Throw it away").click()
    expect(strays).to_be_hidden()
    niamh.page.reload()
    expect(strays).to_be_hidden()
    for person in people.values():
        assert person.complaints == []
        person.context.close()
