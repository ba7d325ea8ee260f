"""What is typed survives other people, a stage moving on, a reload and a lost session; then it goes."""

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
WORDS = "Everyone waits for me to decide, and I wait for them."
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('setwise-draft:')).length"
AGE = """hours => Object.keys(localStorage).forEach(key => {
    const kept = JSON.parse(localStorage[key]);
    localStorage[key] = JSON.stringify({...kept, at: kept.at - hours * 3600 * 1000});
})"""
END_SESSIONS = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    with gathered(browser, served, ("ruth", "niamh", "amara")) as people:
        yield people


def box_of(person: Somebody) -> Any:
    return person.composer("bid").locator("[name=issue]")


def test_words_survive_everything_but_their_end(
    people: dict[str, Somebody], served: Server
) -> None:
    ruth, niamh, amara = people["ruth"], people["niamh"], people["amara"]
    knock(people)
    ruth.press("Check in")
    niamh.sees("how are you here?")
    next_(ruth, "progress")
    next_(ruth, "bidding")

    box_of(amara).fill(WORDS)
    niamh.write("bid", "Bid", issue="Something else")  # somebody else's change
    amara.sees("Something else")
    expect(box_of(amara)).to_have_value(WORDS)
    amara.page.reload()
    expect(box_of(amara)).to_have_value(WORDS)

    ruth.press("Niamh O’Sullivan presents")
    next_(ruth, "present")  # the stage moves on: the composer closes, its words stay
    expect(amara.page.locator("[data-composer=bid] [name=issue]")).to_have_value(WORDS)
    ruth.press("Back")
    expect(box_of(amara)).to_have_value(WORDS, timeout=PATIENCE)

    served.ask(END_SESSIONS)  # signed out behind one's back, in mid-sentence
    amara.page.get_by_role("button", name="Bid", exact=True).click()
    amara.page.wait_for_url("**/login/**")
    amara.page.goto(served.links["amara"])
    amara.page.locator("main form button").first.click()
    amara.page.get_by_role("link", name="Go to the room").click()
    expect(box_of(amara)).to_have_value(WORDS)

    amara.write("bid", "Bid")  # the server has it now, and the browser no more
    assert amara.page.evaluate(KEPT) == 0
    amara.page.reload()
    expect(box_of(amara)).to_have_value(WORDS)


def test_drafts_go_at_sign_out_and_after_twelve_hours(
    people: dict[str, Somebody], served: Server
) -> None:
    niamh = people["niamh"]
    niamh.go("/sets/new/")
    niamh.go(action_of(served, "niamh"))
    box = niamh.page.locator("[name=happened]")
    box.fill(WORDS)
    niamh.page.evaluate(AGE, 11)
    niamh.page.reload()
    expect(box).to_have_value(WORDS)
    niamh.page.evaluate(AGE, 2)
    niamh.page.reload()
    expect(box).to_have_value("")
    assert niamh.page.evaluate(KEPT) == 0
    box.fill(WORDS)
    assert niamh.page.evaluate(KEPT) == 1
    niamh.page.get_by_role("button", name="Sign out").click()
    niamh.page.wait_for_url("**/login/**")
    assert niamh.page.evaluate(KEPT) == 0


def action_of(server: Server, key: str) -> str:
    code = (
        "from setwise.actions.models import Action;"
        f"print('ID', Action.objects.filter(owner__email__startswith='{key}').first().id)"
    )
    return f"/actions/{server.ask(code).split('ID ')[1].strip()}/"
