"""What somebody prepared goes into their bid with one press, with a script and without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.beginning import knock
from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import next_
from tests.serving import Server

pytestmark = pytest.mark.browser
ISSUE, WHY, TYPED = "Two night nurses are not speaking", "One asks to move", "Something typed"
PUT = "Put it into the form"


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    looks: dict[str, dict[str, Any]] = {
        "ruth": {},
        "niamh": {"viewport": {"width": 320, "height": 800}},
        "amara": {"java_script_enabled": False},
    }
    with gathered(browser, served, looks) as people:
        yield people


def prepare(person: Somebody) -> None:
    person.go("/")
    link = person.page.get_by_role("link", name="Go to the room").first.get_attribute("href")
    assert link
    person.go(link.replace("rooms", "meetings"))
    person.page.get_by_role("link", name="Prepare").click()
    person.fill("Keep it", issue=ISSUE, why_now=WHY, willing="yes")
    person.sees("Kept. Only you can read it.")


def test_it_is_put_there_and_sent_by_its_author_alone(people: dict[str, Somebody]) -> None:
    ruth, niamh, amara = people.values()
    for person in (niamh, amara):
        prepare(person)
    knock(people)
    ruth.press("Check in")
    niamh.sees("how are you here?")
    next_(ruth, "progress")
    next_(ruth, "bidding")

    box = niamh.composer("bid")
    box.locator("[name=issue]").fill(TYPED)
    box.get_by_role("link", name=PUT).press("Enter")
    expect(box.locator("[name=issue]")).to_have_value(f"{TYPED}\n{ISSUE}")  # nothing is lost
    expect(box.locator("[name=issue]")).to_be_focused()
    expect(box.locator("[name=why_now]")).to_have_value(WHY)
    assert niamh.faults() == []
    niamh.page.reload()
    expect(niamh.composer("bid").locator("[name=issue]")).to_have_value(f"{TYPED}\n{ISSUE}")
    expect(ruth.page.get_by_text(ISSUE)).to_have_count(0)
    niamh.write("bid", "Bid", issue=ISSUE)
    ruth.sees(ISSUE)
    expect(niamh.page.get_by_role("link", name=PUT)).to_have_count(0, timeout=PATIENCE)

    box = amara.composer("bid")
    box.get_by_role("link", name=PUT).click()
    box = amara.page.locator("[data-composer=bid]")
    expect(box.locator("[name=issue]")).to_have_value(ISSUE)
    box.get_by_role("button", name="Bid", exact=True).click()
    amara.sees(ISSUE)
    ruth.sees("Amara Nwosu presents (has bid")
