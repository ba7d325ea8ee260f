"""No clock but the server's counts: not a wrong one, nor one of another zone. And a gentle sound."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.beginning import knock
from tests.journeys.people import PATIENCE, Somebody
from tests.journeys.replaying import next_
from tests.serving import Server

pytestmark = pytest.mark.browser
WRONG = """
const days = %d, Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) { given.length ? super(...given) : super(Right.now() + days * 864e5); }
  static now() { return Right.now() + days * 864e5; }
};
"""
HEAR = """
const said = new MessageEvent("still", { data: String(Math.floor(Date.now() / 1000) + %d) });
document.querySelector("setwise-room").stream.dispatchEvent(said);
"""
LISTEN = """
globalThis.rung = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  globalThis.rung += 1;
  return start.apply(this, when);
};
"""
SWITCH = "Sound when time is up"


def seconds(person: Somebody) -> int:
    """The number on the clock, of the stage or until the meeting begins."""
    found = re.search(r"(\d+):(\d\d)", person.page.locator("setwise-clock").inner_text())
    assert found
    return int(found[1]) * 60 + int(found[2])


def until(person: Somebody) -> str:
    found = re.search(r"until (\d\d:\d\d)", person.page.locator(".clock__facts").inner_text())
    assert found
    return found[1]


def enter(ruth: Somebody) -> None:
    """Into the room, opened by her where nobody has opened it yet."""
    ruth.go("/")
    link = ruth.page.get_by_role("link", name="Go to the room").get_attribute("href")
    assert link
    ruth.go(link)
    door = ruth.page.get_by_role("button", name="Open the room")
    if door.count():
        door.click()
    expect(ruth.page.locator("setwise-clock")).to_be_visible(timeout=PATIENCE)


def move_on(ruth: Somebody) -> int:
    """Next; the seconds of the stop that came."""
    here = ruth.page.locator(".clock__stage")
    was = here.inner_text()
    ruth.press("Next")
    expect(here).not_to_have_text(was, timeout=PATIENCE)
    return int(ruth.page.locator("setwise-clock").get_attribute("remaining") or 0)


def test_wrong_clocks_and_other_zones_show_the_same_time(browser: Browser, served: Server) -> None:
    ruth = Somebody.of_demo(browser, served, "ruth")
    amara = Somebody.of_demo(browser, served, "amara", timezone_id="Pacific/Kiritimati")
    niamh = Somebody.of_demo(browser, served, "niamh", timezone_id="America/St_Johns")
    amara.context.add_init_script(WRONG % 2)
    niamh.context.add_init_script(WRONG % -400)
    people = {"ruth": ruth, "amara": amara, "niamh": niamh}
    knock(people)
    ruth.press("Check in")
    niamh.sees("how are you here?")
    next_(ruth, "progress")
    niamh.sees("Progress")
    amara.sees("Progress")
    assert amara.page.evaluate("Math.abs(Date.now() - performance.timeOrigin) > 864e5")
    assert amara.page.evaluate("new Date().getTimezoneOffset()") == -14 * 60
    shown = [seconds(person) for person in people.values()]
    assert max(shown) - min(shown) <= 2, shown
    assert len({until(person) for person in people.values()}) == 1
    # the server's clock has gone on by twenty seconds that ruth's device slept through
    ruth.page.evaluate(HEAR % 20)
    assert 18 <= seconds(amara) - seconds(ruth) <= 22
    ruth.page.evaluate(HEAR % -20)  # long on its way, which is no news
    assert 18 <= seconds(amara) - seconds(ruth) <= 22
    # a draft outlives a reload, though by this clock it is not of this year
    next_(ruth, "bidding")
    box = niamh.composer("bid").locator("[name=issue]")
    box.fill("I rewrite everything.")
    niamh.context.add_init_script(WRONG % 500)  # put right, and wrong again
    niamh.page.reload()
    expect(niamh.page.locator("[data-composer=bid] [name=issue]")).to_have_value(
        "I rewrite everything.", timeout=PATIENCE
    )
    for person in people.values():
        assert person.complaints == []
        person.context.close()


def test_a_sound_is_a_switch_that_is_off_remembered_and_rung_when_time_is_up(
    browser: Browser, served: Server
) -> None:
    ruth = Somebody.of_demo(browser, served, "ruth")
    ruth.context.add_init_script(LISTEN)
    ruth.page.clock.install()
    enter(ruth)
    left = move_on(ruth)
    switch = ruth.page.get_by_role("switch", name=SWITCH)
    expect(switch).to_have_attribute("aria-checked", "false")
    ruth.page.clock.fast_forward((left + 2) * 1000)
    expect(ruth.page.locator("setwise-clock")).to_contain_text("over")
    assert ruth.page.evaluate("rung") == 0  # off by default

    switch.focus()
    ruth.page.keyboard.press("Space")
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(switch).to_contain_text("on")
    assert ruth.page.evaluate("rung") == 2  # heard once, so that one knows it: two tones
    assert ruth.faults() == []

    ruth.page.reload()
    expect(switch).to_have_attribute("aria-checked", "true")
    left = move_on(ruth)  # by a press, after which a browser lets a page sound
    ruth.page.clock.fast_forward((left + 2) * 1000)
    expect(ruth.page.locator("setwise-clock")).to_contain_text("over")
    assert ruth.page.evaluate("rung") == 2
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    assert ruth.complaints == []
    ruth.context.close()


def test_without_a_script_no_switch_is_shown(browser: Browser, served: Server) -> None:
    ruth = Somebody.of_demo(browser, served, "ruth", java_script_enabled=False)
    enter(ruth)
    assert "setwise-sound" in ruth.page.content()
    expect(ruth.page.get_by_text(SWITCH)).to_be_hidden()
    ruth.context.close()
