"""Words not sent when the meeting moved on: offered back to their author, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.beginning import to_clarify
from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import next_
from tests.serving import Server

pytestmark = pytest.mark.browser
WORDS = "What would you do if nobody waited for you?"
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('setwise-draft:')).length"


@pytest.fixture
def people(browser: Browser, served_alone: Server) -> Iterator[dict[str, Somebody]]:
    """In the first round's clarifying questions, Niamh in mid-sentence."""
    with gathered(browser, served_alone, ("ruth", "niamh", "amara")) as people:
        to_clarify(people)
        people["niamh"].composer("question").locator("[name=text]").fill(WORDS)
        yield people
        for person in people.values():
            assert person.complaints == []


def test_unsent_words_are_offered_in_their_place_and_handed_over(
    people: dict[str, Somebody],
) -> None:
    ruth, niamh, amara = people["ruth"], people["niamh"], people["amara"]
    box = niamh.page.locator("[data-composer=question]")
    offer = box.locator("[data-unsent]")
    next_(ruth, "explore")
    niamh.sees("Explore")
    expect(offer).to_be_hidden()  # it may still be sent
    ruth.press("Pause")
    niamh.sees("Paused")
    expect(offer).to_be_hidden()  # a pause is not the end of anything
    ruth.press("Resume")
    next_(ruth, "list possible actions")
    expect(offer.get_by_text("Amara Nwosu, who alone reads it")).to_be_visible(timeout=PATIENCE)
    expect(box.get_by_role("button", name="Note the question")).to_be_disabled()
    assert niamh.faults() == []
    offer.get_by_role("button", name="Hand it to Amara Nwosu").click()
    expect(box).to_be_hidden(timeout=PATIENCE)
    amara.sees("Handed to you alone")
    amara.sees(WORDS)
    assert amara.faults() == []
    assert WORDS not in ruth.page.content()
    assert niamh.page.evaluate(KEPT) == 0
    niamh.page.locator("#wrote summary").click()
    niamh.page.get_by_role("button", name="Take it back").click()
    expect(amara.page.get_by_text(WORDS)).to_have_count(0, timeout=PATIENCE)


def test_unsent_words_are_kept_after_a_reload_and_handed_over_or_dropped(
    people: dict[str, Somebody], served_alone: Server
) -> None:
    ruth, niamh, amara = people["ruth"], people["niamh"], people["amara"]
    box = niamh.page.locator("[data-composer=question]")
    ruth.press("End the round")
    niamh.sees("Stretch")
    expect(box.locator("[name=text]")).to_have_value(WORDS)
    box.get_by_role("button", name="Keep it here").click()
    expect(box.locator("[data-unsent]")).to_be_hidden()

    niamh.page.reload()
    strays = niamh.page.locator("setwise-strays")
    words = strays.get_by_role("textbox", name="Your words")
    expect(words).to_have_value(WORDS, timeout=PATIENCE)
    assert niamh.faults() == []
    words.fill(f"{WORDS} Really?")
    niamh.page.reload()
    expect(words).to_have_value(f"{WORDS} Really?", timeout=PATIENCE)
    strays.get_by_role("button", name="Hand it to Amara Nwosu").click()
    expect(strays).to_be_hidden(timeout=PATIENCE)
    assert niamh.page.evaluate(KEPT) == 0
    niamh.page.reload()
    expect(strays).to_be_hidden()
    amara.go("/records/")
    amara.page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    amara.sees(f"{WORDS} Really?")
    amara.sees("(handed to you alone)")


def test_unsent_words_are_dropped_in_one_press(people: dict[str, Somebody]) -> None:
    ruth, niamh = people["ruth"], people["niamh"]
    box = niamh.page.locator("[data-composer=question]")
    ruth.press("End the round")
    niamh.sees("Stretch")
    box.get_by_role("button", name="Drop it").click()
    expect(box).to_be_hidden()
    assert niamh.page.evaluate(KEPT) == 0
