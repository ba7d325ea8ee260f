"""A page follows its room also when it hears of two changes at once, or is slow to ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Request, Route, expect

from tests.journeys.beginning import to_clarify
from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import next_
from tests.serving import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    with gathered(browser, served, ("ruth", "niamh", "amara")) as people:
        yield people


def test_an_invitation_heard_while_the_page_is_on_its_way_is_not_forgotten(
    people: dict[str, Somebody],
) -> None:
    ruth, niamh, amara = people["ruth"], people["niamh"], people["amara"]
    to_clarify(people)
    a_double_click_and_a_key_held_down_are_one_press(ruth)
    next_(ruth, "explore")
    amara.sees("Explore")
    asked: list[Route] = []
    niamh.page.route(
        niamh.page.url, lambda route: asked.append(route)
    )  # the page is asked for, and does not come yet
    next_(ruth, "list possible actions")
    niamh.sees("List possible actions")
    amara.press("Invite the others’ options")
    box = niamh.page.locator("[data-composer=option]")
    expect(box).to_be_visible(timeout=PATIENCE)
    with niamh.page.expect_response(niamh.page.url):
        asked.pop().continue_()
    niamh.page.wait_for_timeout(300)
    expect(box).to_be_visible()
    niamh.write("option", "List it", text="Ask them both.")
    amara.sees("Ask them both.")


def a_double_click_and_a_key_held_down_are_one_press(ruth: Somebody) -> None:
    """On to explore by two clicks in one breath, and back to clarify by a key that is held."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            asked.append(request.url)

    ruth.page.on("request", note)
    stage, mouse, keys = ruth.page.locator(".clock__stage"), ruth.page.mouse, ruth.page.keyboard
    place = ruth.page.locator("#next").bounding_box()
    assert place
    mouse.move(place["x"] + 20, place["y"] + 20)
    for click in (1, 2):  # the second comes when the stage has moved on
        mouse.down(click_count=click)
        mouse.up(click_count=click)
        expect(stage).to_have_text("Explore", timeout=PATIENCE)
    ruth.page.locator("#back").focus()
    for _ in range(3):
        keys.down("Enter")
        expect(stage).to_have_text("Clarify", timeout=PATIENCE)
    keys.up("Enter")
    ruth.page.wait_for_timeout(300)
    assert len(asked) == 2, asked
