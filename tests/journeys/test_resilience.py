"""A connection that goes and comes: what is typed is kept, what is sent arrives once."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.beginning import to_clarify
from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import next_
from tests.serving import Server

pytestmark = pytest.mark.browser
OUT, BACK = "Out of touch with Setwise", "Back in touch."
ASKED = """
import json
from setwise.room.models import Question
print("ASKED" + json.dumps([each.words("text") for each in Question.objects.all()]))
"""

LOSE_ANSWERS = """() => {
    const real = window.fetch;
    window.fetch = async (...asked) => { await real(...asked); throw new TypeError("reset"); };
}"""


@pytest.fixture
def people(browser: Browser, served_alone: Server) -> Iterator[dict[str, Somebody]]:
    with gathered(browser, served_alone, ("ruth", "niamh", "amara")) as people:
        to_clarify(people)
        people["niamh"].composer("question")
        yield people


def asked(server: Server) -> list[str]:
    found: list[str] = json.loads(server.ask(ASKED).split("ASKED")[1])
    return found


def test_a_connection_lost_in_mid_sentence_and_after_pressing_send(
    people: dict[str, Somebody], served_alone: Server
) -> None:
    ruth, niamh = people["ruth"], people["niamh"]
    box = niamh.composer("question")
    text = box.locator("[name=text]")
    text.press_sequentially("What would you ")
    niamh.context.set_offline(True)
    niamh.sees(OUT)
    text.press_sequentially("do if nobody waited?")
    box.get_by_role("button", name="Note the question").click()
    expect(box.get_by_text("Not sent yet")).to_be_visible(timeout=PATIENCE)
    expect(text).to_have_value("What would you do if nobody waited?")
    assert asked(served_alone) == []
    niamh.context.set_offline(False)
    niamh.sees(BACK)
    ruth.sees("What would you do if nobody waited?")
    expect(text).to_have_value("")
    expect(box.get_by_text("Not sent yet")).to_have_count(0)
    assert asked(served_alone) == ["What would you do if nobody waited?"]


def test_what_was_sent_before_a_reload_is_sent_after_it_and_once(
    people: dict[str, Somebody], served_alone: Server
) -> None:
    ruth, niamh = people["ruth"], people["niamh"]
    box = niamh.composer("question")
    niamh.page.evaluate(LOSE_ANSWERS)
    box.locator("[name=text]").fill("Who else knows of it?")
    box.get_by_role("button", name="Note the question").click()
    expect(box.get_by_text("Not sent yet")).to_be_visible(timeout=PATIENCE)
    ruth.sees("Who else knows of it?")
    niamh.page.reload()
    expect(niamh.page.locator("[data-composer=question] [name=text]")).to_have_value("")
    assert asked(served_alone) == ["Who else knows of it?"]

    # pressed while out of touch, and the page is gone before it is back
    box = niamh.composer("question")
    niamh.page.route("**/questions/", lambda route: route.abort("internetdisconnected"))
    box.locator("[name=text]").fill("And who does not?")
    box.get_by_role("button", name="Note the question").click()
    expect(box.get_by_text("Not sent yet")).to_be_visible(timeout=PATIENCE)
    niamh.page.unroute("**/questions/")
    niamh.page.reload()
    ruth.sees("And who does not?")
    expect(niamh.page.locator("[data-composer=question] [name=text]")).to_have_value("")
    assert asked(served_alone) == ["Who else knows of it?", "And who does not?"]


def test_other_words_while_the_first_are_on_their_way_never_make_two(
    people: dict[str, Somebody], served_alone: Server
) -> None:
    niamh = people["niamh"]
    box = niamh.composer("question")
    text, button = box.locator("[name=text]"), box.get_by_role("button", name="Note the question")
    niamh.context.set_offline(True)
    text.fill("Wat is it?")
    button.click()
    expect(box.get_by_text("Not sent yet")).to_be_visible(timeout=PATIENCE)
    text.fill("What is it?")  # a slip, mended before it went
    button.click()
    niamh.context.set_offline(False)
    people["ruth"].sees("What is it?")
    expect(text).to_have_value("")
    assert asked(served_alone) == ["What is it?"]


def test_a_server_that_is_killed_and_started_again(
    people: dict[str, Somebody], served_alone: Server
) -> None:
    ruth, niamh = people["ruth"], people["niamh"]
    box = niamh.composer("question")
    served_alone.stop(signal.SIGKILL)
    niamh.sees(OUT)
    box.locator("[name=text]").fill("What does the roster let you avoid?")
    box.get_by_role("button", name="Note the question").click()
    expect(box.get_by_text("Not sent yet")).to_be_visible(timeout=PATIENCE)
    served_alone.start()
    ruth.sees("What does the roster let you avoid?")
    expect(box.locator("[name=text]")).to_have_value("")
    expect(niamh.page.get_by_text(OUT)).to_have_count(0, timeout=PATIENCE)
    assert asked(served_alone) == ["What does the roster let you avoid?"]
    next_(ruth, "explore")
    niamh.sees("Explore")


def test_a_press_out_of_touch_goes_when_it_is_back_but_a_hand_only_for_its_stage(
    people: dict[str, Somebody],
) -> None:
    ruth, niamh = people["ruth"], people["niamh"]
    niamh.context.set_offline(True)
    niamh.press("Raise my hand")
    niamh.sees("Not sent yet")
    niamh.context.set_offline(False)
    ruth.sees("Hands up")
    ruth.press("Put down")
    expect(ruth.page.get_by_text("Hands up")).to_have_count(0, timeout=PATIENCE)
    expect(niamh.page.get_by_role("button", name="Raise my hand")).to_be_visible(timeout=PATIENCE)
    niamh.context.set_offline(True)
    niamh.press("Raise my hand")
    niamh.sees("Not sent yet")
    next_(ruth, "explore")
    niamh.context.set_offline(False)
    niamh.sees("Somebody moved on already")
    expect(ruth.page.get_by_text("Hands up")).to_have_count(0)
