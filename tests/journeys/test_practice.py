"""The practice room by somebody without an account: with keys alone, and on a phone without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from setwise.coaching.practising import situations
from tests.journeys.people import Somebody
from tests.journeys.test_keyboard import WithKeys
from tests.serving import Server

pytestmark = pytest.mark.browser
ADVICE = "You should talk to your manager about it tomorrow."


@pytest.fixture
def typist(browser: Browser, served: Server) -> Iterator[WithKeys]:
    person = WithKeys(browser, served.url, viewport={"width": 1280, "height": 800})
    yield person
    person.context.close()


@pytest.fixture
def phone(browser: Browser, served: Server) -> Iterator[Somebody]:
    person = Somebody(
        browser,
        served.url,
        viewport={"width": 390, "height": 800},
        color_scheme="dark",
        java_script_enabled=False,
    )
    yield person
    person.context.close()


def test_by_keyboard_advice_is_turned_into_a_question(typist: WithKeys) -> None:
    typist.go("/guides/open-questions/")
    typist.follow("The practice room")
    typist.follow("Begin")
    expect(typist.page.get_by_text("1 of 8")).to_be_visible()
    typist.reach("textbox", "Which question sits behind it?")
    typist.page.keyboard.type(ADVICE)
    typist.press("Try it")
    typist.sees("This may land as advice")
    assert typist.faults() == []
    typist.reach("textbox", "Try it in another way")
    typist.page.keyboard.press("Control+A")
    typist.page.keyboard.type("What do you hope they do with it?")
    typist.press("Try again")
    typist.sees("an open question")
    assert ADVICE not in typist.page.content()
    assert typist.page.url.partition("#")[0].endswith("/practice/1/")
    typist.follow("Next")
    expect(typist.page.get_by_text("2 of 8")).to_be_visible()
    assert ADVICE not in typist.page.content()


def test_on_a_phone_without_scripts_one_goes_through_all_eight(phone: Somebody) -> None:
    phone.go("/practice/1/")
    for each in situations():
        phone.page.locator("textarea").fill(each.questions[0])
        phone.page.get_by_role("button", name="Try it").click()
        expect(phone.page.get_by_text(each.questions[1])).to_be_visible()
        wide = phone.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, each.title
        phone.page.get_by_role("link", name="Next" if each.number < 8 else "Finish").click()
    phone.sees("That was all eight")
    assert phone.complaints == []
