"""A silent round, a queue of hands, and sharing at the presenter's asking, in real browsers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.beginning import to_clarify
from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import NAMES, more, next_
from tests.serving import Server

pytestmark = pytest.mark.browser
LOOKS: dict[str, dict[str, Any]] = {
    "ruth": {"viewport": {"width": 1280, "height": 900}},
    "amara": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "niamh": {"viewport": {"width": 320, "height": 720}},
    "tomasz": {"java_script_enabled": False},
}
FIRST, SECOND = "What frightens you most about it?", "Who gains if nothing changes?"


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    looks = {key: {"reduced_motion": "reduce"} | look for key, look in LOOKS.items()}
    with gathered(browser, served, looks) as people:
        yield people
        for person in people.values():
            assert person.complaints == []


def test_asking_in_silence_by_hands_and_sharing(people: dict[str, Somebody]) -> None:
    ruth, amara, niamh, tomasz = (people[key] for key in LOOKS)
    to_clarify(people)
    next_(ruth, "explore")

    niamh.press("Raise my hand")
    ruth.sees("Hands up")
    tomasz.press("Raise my hand")
    rows = ruth.page.locator("#region-hands li > span")
    expect(rows).to_have_text([NAMES["niamh"], NAMES["tomasz"]], timeout=PATIENCE)
    told = ruth.page.get_by_role("log", name="What is new").locator(
        "p"
    )  # heard, and seen at the clock
    expect(told).to_have_text([f"Hand up: {NAMES[key]}" for key in ("niamh", "tomasz")])
    for person in (ruth, amara):
        expect(person.page.get_by_role("link", name="2 hands up")).to_be_in_viewport()
    amara.page.get_by_role("button", name="Put down the hand of Niamh").click()
    expect(rows).to_have_text([NAMES["tomasz"]], timeout=PATIENCE)
    tomasz.press("Lower my hand")
    expect(rows).to_have_count(0, timeout=PATIENCE)
    expect(told).to_have_count(0)
    expect(ruth.page.get_by_role("link", name="up")).to_have_count(0)

    more(ruth)
    ruth.press("Make it a silent round")
    niamh.sees("Nobody reads one until it is opened by Amara Nwosu.")
    expect(niamh.page.locator("[data-composer=question] [name=text]")).to_be_visible(
        timeout=PATIENCE
    )
    niamh.write("question", "Write the question", text=FIRST)
    tomasz.write("question", "Write the question", text=SECOND)
    amara.sees("Open the next question (2)")
    faults = {key: person.faults() for key, person in people.items() if person.scripted}
    assert faults == {key: [] for key in faults}
    for person in (ruth, amara):
        assert FIRST not in person.page.content()
        assert SECOND not in person.page.content()
    amara.press("Open the next question")
    ruth.sees(FIRST)
    tomasz.sees(FIRST)
    expect(told).to_have_text([f"Question: {FIRST}"])
    ruth.press("Pause")
    expect(told).to_have_count(
        0
    )  # hidden words are hidden from ears too, and are not new once back
    ruth.press("Resume")
    ruth.page.locator("[data-tell=Question]").wait_for(state="attached")
    expect(told).to_have_count(0)
    assert SECOND not in ruth.page.content()

    niamh.page.locator("#wrote summary").click()
    niamh.page.get_by_role("button", name="Take it back").click()
    expect(ruth.page.get_by_text(FIRST)).to_have_count(0, timeout=PATIENCE)

    amara.press("Ask for sharing")
    ruth.press("Next: sharing")
    niamh.sees("Speak from your own experience only.")
    expect(amara.page.get_by_role("button", name="Ask for sharing")).to_have_count(0)
    next_(ruth, "list possible actions")
    assert SECOND not in ruth.page.content()  # she need not open all
