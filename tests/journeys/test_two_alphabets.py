"""Arabic and Polish names on phones: each is read from its own side, and none disturbs another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from setwise.project.demo.case import read
from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import next_
from tests.serving import Server

pytestmark = pytest.mark.browser
FILE = Path(__file__).parent / "cases" / "two-alphabets.toml"
CASE = read(FILE)
NAMES = {each["key"]: each["name"] for each in CASE["people"]}
PHONE = {"width": 390, "height": 844}
GIVEN = CASE["rounds"][0]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    options = ("--demo", "--case", str(FILE))
    server = Server(tmp_path_factory.mktemp("two-alphabets"), options=options).start()
    yield server
    server.stop()


@pytest.fixture
def people(browser: Browser, server: Server) -> Iterator[dict[str, Somebody]]:
    look = {"viewport": PHONE, "has_touch": True}
    with gathered(browser, server, dict.fromkeys(NAMES, look)) as people:
        yield people


def test_a_round_is_held_from_both_sides(people: dict[str, Somebody]) -> None:
    grazyna, layla = people["grazyna"], people["layla"]
    for person in people.values():
        person.go("/")
    grazyna.page.get_by_role("link", name="Go to the room").click()
    grazyna.press("Open the room")
    for key in ("layla", "samar", "zbigniew"):
        people[key].page.get_by_role("link", name="Go to the room").click()
        people[key].press("I am here")
        grazyna.sees(NAMES[key])
    names = grazyna.page.get_by_role("button", name="Check in").locator("bdi")
    expect(names).to_have_count(3, timeout=PATIENCE)
    grazyna.press("Check in")
    layla.sees("how are you here?")
    next_(grazyna, "progress")
    next_(grazyna, "bidding")
    for bid in CASE["bids"]:
        people[bid["who"]].write("bid", "Bid", issue=bid["issue"], why_now=bid["why_now"])
    grazyna.press(f"{NAMES['layla']} presents")
    next_(grazyna, "present")
    box = layla.composer("statement").locator("textarea").first
    box.fill("How do I say no?")
    assert side_of(box) == "ltr"
    box.fill(GIVEN["statement"])
    assert side_of(box) == "rtl"
    layla.write("statement", "Say it so", statement=GIVEN["statement"])
    said = people["samar"].page.locator("#region-issue [dir=auto]", has_text=GIVEN["statement"])
    expect(said).to_be_visible(timeout=PATIENCE)
    assert side_of(said) == "rtl"
    next_(grazyna, "clarify")
    next_(grazyna, "explore")
    for each in GIVEN["questions"]:
        people[each["who"]].write("question", "Note the question", text=each["text"])
    for each, side in zip(GIVEN["questions"], ("ltr", "rtl"), strict=True):
        asked = layla.page.locator("#region-stage bdi", has_text=each["text"])
        expect(asked).to_be_visible(timeout=PATIENCE)
        assert side_of(asked) == side
    for person in people.values():
        assert person.faults() == []


def side_of(words: Locator) -> str:
    """From which side these words are read."""
    side: str = words.evaluate(
        "node => node.matches(':dir(rtl)') ? 'rtl' : node.matches(':dir(ltr)') ? 'ltr' : ''"
    )
    return side
