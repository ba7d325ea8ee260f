"""A novice writes advice and turns it round; the coach is silent in Arabic, and stays off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.beginning import to_clarify
from tests.journeys.people import Somebody, gathered
from tests.journeys.replaying import next_
from tests.serving import Server

pytestmark = pytest.mark.browser
LOOKS: dict[str, dict[str, Any]] = {
    "ruth": {},
    "amara": {},
    "niamh": {"viewport": {"width": 320, "height": 720}, "color_scheme": "dark"},
}
ADVICE = "Have you thought about asking the committee to do it?"
TURNED = "What could you do about the committee?"
ARABIC = "هل فكرت في أن تطلب من الرئيس أن يفعل ذلك؟"
SAYS = "This may land as advice. What question sits behind it?"


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    with gathered(browser, served, LOOKS) as people:
        yield people
        for person in people.values():
            assert person.complaints == []


def test_a_novice_turns_advice_round(
    browser: Browser, served: Server, people: dict[str, Somebody]
) -> None:
    ruth, niamh = people["ruth"], people["niamh"]
    to_clarify(people)
    next_(ruth, "explore")
    addresses: list[str] = []
    niamh.page.on("request", lambda request: addresses.append(request.url))
    coach, box = niamh.page.locator("setwise-coach"), box_of(niamh)

    read(niamh, box, ARABIC, 204)
    expect(coach.locator("[data-says]")).to_be_empty()

    read(niamh, box, ADVICE, 200)
    expect(coach.get_by_role("status")).to_have_text(SAYS)
    expect(box).to_be_focused()  # it took nothing away
    coach.get_by_text("Why am I seeing this?").click()
    expect(coach.get_by_text("It is often wrong")).to_be_visible()
    assert all(words in ADVICE for words in coach.locator("q").all_text_contents())
    assert niamh.faults() == []

    coach.get_by_role("button", name="Dismiss").click()
    expect(box).to_be_focused()
    read(niamh, box, f"{ADVICE} ", 200)
    expect(coach.get_by_text(SAYS)).to_have_count(0)  # it was dismissed for these words

    read(niamh, box, TURNED, 204)
    niamh.write("question", "Note the question", text=TURNED)
    ruth.sees(TURNED)
    expect(box).to_have_value("")

    # sent while a reading would be under way: nothing is held up, and nothing is left behind
    niamh.write("question", "Note the question", text=ADVICE)
    ruth.sees(ADVICE)
    read(niamh, box, ADVICE, 200)
    expect(coach.get_by_role("status")).to_have_text(SAYS)
    with gathered(browser, served, {"niamh": {"viewport": {"width": 1280, "height": 900}}}) as more:
        laptop = more["niamh"]
        laptop.page.goto(niamh.page.url.replace(niamh.origin, laptop.origin))
        on_laptop = box_of(laptop)
        coach.get_by_text("Why am I seeing this?").click()
        coach.get_by_role("button", name="Switch the coach off for me").click()
        expect(coach.get_by_role("status")).to_contain_text("The coach is off for you.")
        read(laptop, on_laptop, ADVICE, 403)  # on a page that was open before, it says nothing
        expect(laptop.page.locator("setwise-coach")).to_have_count(0)
        expect(on_laptop).to_have_value(ADVICE)
    niamh.page.reload()
    expect(box_of(niamh)).to_have_value(ADVICE)  # the draft is as it was
    expect(coach).to_have_count(0)
    assert not any("committee" in each for each in addresses)


def box_of(person: Somebody) -> Locator:
    return person.composer("question").locator("[name=text]")


def read(person: Somebody, box: Locator, words: str, status: int) -> None:
    """Type, pause, and wait for what the coach has answered."""
    with person.page.expect_response(lambda answer: answer.url.endswith("/coach/")) as answer:
        box.fill(words)
    assert answer.value.status == status
