"""The whole meeting with no mouse, and what a screen reader is told when the stage moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.people import PATIENCE, Somebody
from tests.journeys.replaying import CASE, NAMES
from tests.serving import Server

pytestmark = pytest.mark.browser
GIVEN = CASE["rounds"][0]
TURNS = {  # and whose turn it is then
    "progress": "Each in turn.",
    "bidding": "Each in turn.",
    "check-out": "Each in turn.",
    "clarify": f"Questions to {NAMES['amara']}.",
    "explore": f"Questions to {NAMES['amara']}.",
}
FARTHEST = 120  # presses of Tab: no page of ours has so much to stop at


class WithKeys(Somebody):
    """Somebody who has a keyboard and nothing else: they go by Tab, and press Enter."""

    def press(self, name: str) -> None:
        self.reach("button", name)
        self.page.keyboard.press("Enter")

    def follow(self, name: str) -> None:
        self.reach("link", name)
        self.page.keyboard.press("Enter")

    def reach(self, role: str, name: str, within: str = "") -> None:
        """Go by Tab, or back, to a control of this name; it must be seen that one is there."""
        scope = self.page.locator(within) if within else self.page
        wanted = scope.get_by_role(role, name=name).filter(visible=True).first  # type: ignore[arg-type]
        expect(wanted).to_be_visible(timeout=PATIENCE)
        self.to(wanted, name)

    def to(self, wanted: Locator, name: str) -> None:
        for _ in range(FARTHEST):
            if wanted.evaluate("node => node === document.activeElement"):
                assert wanted.evaluate("node => node.matches(':focus-visible')"), name
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"No Tab leads to {name!r}.")

    def type(self, composer: str, button: str, field: str, text: str) -> None:
        """Unfold a composer where it is folded, type into a field of it, and send it."""
        within = f"[data-composer={composer}]"
        box = self.page.locator(within).first
        expect(box).to_be_visible(timeout=PATIENCE)
        self.page.wait_for_timeout(500)  # the page may be unfolding it by itself
        if box.get_attribute("open") is None:
            self.to(box.locator("summary").first, composer)
            self.page.keyboard.press("Enter")
        self.reach("textbox", field, within)
        self.page.keyboard.type(text)
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            self.reach("button", button, within)
            self.page.keyboard.press("Enter")
        assert answer.value.status == 204, answer.value.text()
        expect(self.page.locator("[aria-disabled=true]")).to_have_count(0, timeout=PATIENCE)

    def is_told(self, words: str) -> None:
        """What came up is added to a log, which the accessibility tree has as one."""
        told = self.page.get_by_role("log", name="What is new")
        expect(told.locator("p").last).to_have_text(words, timeout=PATIENCE)
        assert words in told.aria_snapshot()

    def hears(self, words: str) -> None:
        """A live region holds these words, and the accessibility tree has it as one."""
        heard = self.page.locator("[data-heard][aria-live=polite]")
        expect(heard).to_have_text(words, timeout=PATIENCE)
        assert words in self.page.locator("setwise-room").aria_snapshot()


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, WithKeys]]:
    people = {}
    for key in ("ruth", "amara"):
        person = people[key] = WithKeys(browser, f"http://{key}.localhost:{served.port}")
        person.page.goto(served.links[key])
        person.press("Sign in")
        person.page.wait_for_url(f"{person.origin}/")
    yield people
    for person in people.values():
        person.context.close()


def test_a_meeting_is_held_by_keyboard_alone(people: dict[str, WithKeys]) -> None:
    ruth, amara = people["ruth"], people["amara"]
    ruth.follow("Go to the room")
    ruth.press("Open the room")
    expect(ruth.page.locator("#next")).to_be_visible(timeout=PATIENCE)
    amara.follow("Go to the room")
    amara.press("I am here")
    amara.sees("You are at the door")
    ruth.is_told(f"At the door: {NAMES['amara']}")
    ruth.press("Check in")
    amara.sees("how are you here?")
    move(ruth, "progress", people)
    move(ruth, "bidding", people)
    amara.type("bid", "Bid", "What might I bring", CASE["bids"][0]["issue"])
    ruth.press(f"{NAMES['amara']} presents")
    move(ruth, "present", people)
    amara.type("statement", "Say it so", "sentence", GIVEN["statement"])
    ruth.sees(GIVEN["statement"])
    move(ruth, "clarify", people)
    move(ruth, "explore", people)
    ruth.type("question", "Note the question", "question", "What does the roster let you avoid?")
    amara.sees("What does the roster let you avoid?")
    amara.is_told("Question: What does the roster let you avoid?")
    move(ruth, "list possible actions", people)
    move(ruth, "select the action", people)
    amara.type("action", "I will do this", "The action", GIVEN["actions"][0]["text"])
    ruth.sees(GIVEN["actions"][0]["text"])
    amara.press("Pause")
    ruth.hears("The meeting is paused.")
    amara.press("Resume")
    move(ruth, "feedback", people)
    ruth.press("End the round")
    amara.hears("Break.")
    move(ruth, "present", people, turn="Nobody presents yet.")
    ruth.press("Leave this round out")
    amara.hears("Review. Everyone.")
    move(ruth, "check-out", people)
    amara.type("learning", "Check out", "I learned", "I had called it a kindness.")
    ruth.press("Close the meeting")
    for person in people.values():
        person.hears("The meeting is closed.")
    assert [each for person in people.values() for each in person.complaints] == []


def move(ruth: WithKeys, title: str, people: dict[str, WithKeys], turn: str = "") -> None:
    """Go on; everybody hears where to, and whoever pressed still stands at the same control."""
    ruth.press(f"Next: {title}")
    turn = turn or TURNS.get(title, f"{NAMES['amara']} speaks.")
    for person in people.values():
        person.hears(f"{title[:1].upper()}{title[1:]}. {turn}")
    expect(ruth.page.locator(":focus")).to_have_count(1)
