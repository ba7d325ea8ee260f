"""The live room at each of its stops: sound for whoever leads, presents or listens, folded open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.beginning import knock
from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import NAMES, next_
from tests.serving import Server

pytestmark = pytest.mark.browser
LOOKS: dict[str, dict[str, Any]] = {
    "ruth": {"viewport": {"width": 1280, "height": 900}},
    "amara": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "niamh": {"viewport": {"width": 320, "height": 256}},  # 1280 by 1024 at 400 %
}
STOPS = (
    *("present", "clarify", "explore", "list possible actions", "select the action", "feedback"),
    *("break", "present"),
)
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true; })"


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    looks = {key: {"reduced_motion": "reduce"} | look for key, look in LOOKS.items()}
    with gathered(browser, served, looks) as people:
        yield people


def test_the_live_room_is_sound_at_every_stop(people: dict[str, Somebody]) -> None:
    ruth, amara, niamh = people["ruth"], people["amara"], people["niamh"]
    seen: dict[str, list[str]] = {}

    def look(where: str) -> None:
        for key, person in people.items():
            person.page.evaluate(UNFOLD)
            seen[f"{where}, {key}"] = person.faults()

    knock(people)
    look("at the door")
    ruth.press("Check in")
    niamh.sees("how are you here?")
    look("check-in")
    next_(ruth, "progress")
    look("progress")
    next_(ruth, "bidding")
    niamh.write("bid", "Bid", issue="I keep rewriting other people’s reports at night.")
    amara.write("bid", "Bid", issue="Two of my best nurses no longer speak to each other.")
    for key in ("amara", "niamh"):
        bidder = ruth.page.get_by_role("button", name=f"{NAMES[key]} presents")
        expect(bidder.get_by_text("has bid")).to_be_visible(timeout=PATIENCE)
    for number, key in enumerate(("amara", "niamh"), 1):
        ruth.press(f"{NAMES[key]} presents")
        ruth.sees(f"Round {number}: {NAMES[key]}")
    look("bidding")
    for number, title in enumerate(STOPS):
        next_(ruth, title)
        if title == "explore":
            niamh.write("question", "Note the question", text="What does the roster let you avoid?")
            amara.sees("What does the roster let you avoid?")
        if title == "list possible actions":
            amara.press("Invite the others’ options")
            niamh.write("option", "List it", text="Ask each of them.")
            amara.sees("Ask each of them.")
        if title == "select the action":
            amara.write("action", "I will do this", text="Ring both.", due_on="2031-02-03")
            niamh.sees("Ring both.")
        look(f"{number} {title}")
    niamh.press("Pause")
    ruth.sees("Paused")
    look("paused")
    niamh.press("Resume")
    ruth.press("End the round")
    niamh.sees("What helped")
    look("review")
    next_(ruth, "check-out")
    look("check-out")
    ruth.press("Close the meeting")
    niamh.sees("The words have left this screen")
    look("closed")
    assert seen == {where: [] for where in seen}
