"""A page follows its room also when it hears of two changes at once, or is slow to ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

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
