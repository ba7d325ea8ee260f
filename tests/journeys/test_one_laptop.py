"""A set in one room with one laptop: whoever facilitates writes for all; each says yes at home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import PATIENCE, Somebody
from tests.journeys.replaying import CASE, NAMES, more, next_
from tests.journeys.scanning import scanned
from tests.serving import Server

pytestmark = pytest.mark.browser
MEMBERS = [key for key in CASE["meeting"]["present"] if key != "ruth"]
ISSUE = CASE["rounds"][0]
ACTION = ISSUE["actions"][0]["text"]


@pytest.fixture
def ruth(browser: Browser, served: Server) -> Iterator[Somebody]:
    ruth = Somebody.of_demo(browser, served, "ruth")
    yield ruth
    ruth.context.close()


def test_one_laptop_serves_the_room_and_each_confirms_at_home(
    ruth: Somebody, browser: Browser, served: Server
) -> None:
    ruth.go("/")
    ruth.page.get_by_role("link", name="Go to the room").click()
    ruth.press("Open the room")
    for key in MEMBERS:
        more(ruth)
        ruth.page.get_by_role("button", name=f"Check in {NAMES[key]}", exact=True).click()
        here = ruth.page.locator("#region-people li", has_text=NAMES[key])
        expect(here).not_to_contain_text("not here", timeout=PATIENCE)
    a_phone_joins_by_the_big_screen(ruth, browser, served)
    next_(ruth, "progress")
    next_(ruth, "bidding")
    note(ruth, "bid", for_="amara", issue=CASE["bids"][0]["issue"], why_now="")
    ruth.press(f"{NAMES['amara']} presents")
    next_(ruth, "present")
    note(ruth, "statement", statement=ISSUE["statement"])
    next_(ruth, "clarify")
    note(ruth, "question", for_="niamh", text=ISSUE["questions"][0]["text"])
    for title in ("explore", "list possible actions", "select the action"):
        next_(ruth, title)
    note(ruth, "action", text=ACTION, due_on="2031-02-03")
    assert ruth.faults() == []
    ruth.press("End the round")
    more(ruth)
    ruth.page.locator("#more-controls").get_by_role("button", name="Close the meeting").click()
    ruth.sees("The meeting is over")

    with at_home(browser, served, "amara", viewport={"width": 390, "height": 844}) as amara:
        amara.go("/actions/")
        amara.sees("Is this what you decided?")
        amara.press("Yes, it is mine")
        amara.go("/actions/")
        expect(amara.page.get_by_role("link", name=ACTION)).to_be_visible()
        amara.page.goto(amara.origin + "/records/")
        amara.page.get_by_role("link", name="A round without words").click()
        confirm(amara, ISSUE["statement"])
        assert amara.faults() == []
    with at_home(browser, served, "bronwen") as bronwen:
        bronwen.go("/actions/")
        expect(bronwen.page.get_by_text(ACTION)).to_have_count(0)
        assert bronwen.complaints == []


def a_phone_joins_by_the_big_screen(ruth: Somebody, browser: Browser, served: Server) -> None:
    """Bronwen's phone reads the code from the projector, dark as the laptop is, and is at the door."""
    more(ruth)
    with ruth.page.expect_popup() as popup:
        ruth.page.get_by_role("link", name="Big screen").click()
    screen = popup.value
    screen.emulate_media(color_scheme="dark")
    address = f"{served.url}{urlsplit(ruth.page.url).path}"
    assert scanned(browser, screen.locator(".screen__join")) == [address]
    with at_home(browser, served, "bronwen", viewport={"width": 390, "height": 844}) as bronwen:
        bronwen.go(urlsplit(address).path)
        bronwen.sees("how are you here?")
    screen.close()


def note(ruth: Somebody, what: str, for_: str = "", **words: str) -> None:
    """Open the one fold for writing for somebody else, and write it."""
    fold = ruth.page.locator("#for-others")
    expect(fold).to_be_visible(timeout=PATIENCE)
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    if for_:
        box = ruth.composer(f"for-{what}")
        box.locator("[name=for_]").select_option(label=NAMES[for_])
    ruth.write(f"for-{what}", "Write it down", **words)


def confirm(person: Somebody, text: str) -> None:
    row = person.page.locator("li, .card, .notice", has_text=text).last
    row.get_by_role("button", name="Yes, that is right").click()


@contextmanager
def at_home(browser: Browser, served: Server, key: str, **look: Any) -> Iterator[Somebody]:
    person = Somebody.of_demo(browser, served, key, **look)
    yield person
    person.context.close()
