"""A set from its first link to the meeting after the case: six people, each in their own browser.

One has no JavaScript, one loses the connection in mid-round, one is in Istanbul, one was away.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from setwise.outbox import daytime
from tests.journeys import beginning, replaying
from tests.journeys.people import Somebody
from tests.journeys.postbox import Postbox, postbox
from tests.journeys.replaying import CASE, NAMES
from tests.serving import Server

pytestmark = pytest.mark.browser
LOOKS: dict[str, dict[str, Any]] = {
    "ruth": {"viewport": {"width": 1280, "height": 900}},
    "amara": {"viewport": {"width": 390, "height": 844}},
    "tomasz": {"java_script_enabled": False},
    "bronwen": {"viewport": {"width": 320, "height": 720}, "color_scheme": "dark"},
    "yusuf": {"timezone_id": "Europe/Istanbul"},
    "niamh": {"color_scheme": "dark", "reduced_motion": "reduce"},
    "dele": {},
}
HERE = "I am here"
INVITE = "Invite the others’ options"
DETAILS = """
import json
from setwise.actions.models import Action
print("JSON" + json.dumps({a.text(): [a.first_step(), a.sign(), a.confidence,
    a.ally.email if a.ally_accepted_at else None] for a in Action.objects.all()}))
"""


@pytest.fixture(scope="module")
def box() -> Iterator[Postbox]:
    with postbox() as box:
        yield box


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, box: Postbox) -> Iterator[Server]:
    """An empty installation with a real mail server."""
    settings = {"SETWISE_SMTP_URL": f"smtp://127.0.0.1:{box.port}"}
    server = Server(tmp_path_factory.mktemp("story"), options=(), settings=settings).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def everyone(browser: Browser, server: Server) -> Iterator[dict[str, Somebody]]:
    people = {key: Somebody(browser, server.url, **look) for key, look in LOOKS.items()}
    yield people
    for each in people.values():
        each.context.close()


def test_a_set_meets_from_its_first_link_to_the_next_meeting(
    everyone: dict[str, Somebody],
    server: Server,
    box: Postbox,
    record_property: Callable[[str, object], None],
) -> None:
    ruth, dele = everyone["ruth"], everyone["dele"]
    beginning.start(ruth, server)
    beginning.fix(ruth, "First meeting", minutes_from_now=10)
    members = [key for key in everyone if key != "ruth"]
    beginning.invite(ruth, members)
    for key in members:
        beginning.join(everyone[key], key, box)
    present = {key: person for key, person in everyone.items() if key != "dele"}
    beginning.first_meeting(present)

    beginning.agree(dele)  # the absentee agrees later
    dele.sees("In force since")

    beginning.fix(ruth, CASE["meeting"]["title"], minutes_from_now=20)
    box.to(beginning.address("dele"), "we meet on")
    for person in present.values():
        person.pressed.clear()
    ruth.wrote = 0
    beginning.knock(present)
    ruth.sees(beginning.CHANGE)
    replaying.hold_the_meeting(present)
    record_property("presses in a meeting of two issues", presses(present))
    replaying.holds_what_the_case_says(server)

    letters_hold_ones_own_actions(box)
    for given in CASE["rounds"]:
        for action in given["actions"]:
            detail(everyone[given["presenter"]], action)
            if "ally" in action:
                befriend(everyone[action["ally"]])
    held = json.loads(server.ask(DETAILS).split("JSON", 1)[1])
    for given in CASE["rounds"]:
        for action in given["actions"]:
            ally = beginning.address(action["ally"]) if "ally" in action else None
            wanted = [action["first_step"], action["sign"], action["confidence"], ally]
            assert held[action["text"]] == wanted

    beginning.fix(ruth, "Fourth meeting", minutes_from_now=30)
    beginning.knock(present)
    ruth.press("Check in")
    present["niamh"].sees("how are you here?")
    ruth.sees(CASE["review"]["change"])
    replaying.next_(ruth, "progress")
    first = CASE["rounds"][0]["actions"][0]["text"]
    everyone["amara"].write("progress", "Save", within=first, state="going", shown="1")
    present["niamh"].sees(first)

    complaints = {key: each.complaints for key, each in everyone.items() if each.complaints}
    assert complaints == {}
    replaying.nothing_in_clear(server.data)


def presses(people: dict[str, Somebody]) -> str:
    """Two hours, two issues, opening and closing included: the facilitator's presses are few, even with
    the one that keeps the review; the others' are their words, and one that says that they are here.

    A presenter who takes the others' options in writing says so, once.
    """
    others = {key: person.pressed for key, person in people.items() if key != "ruth"}
    presenters = {given["presenter"] for given in CASE["rounds"]}
    for key, pressed in others.items():
        assert pressed == ([HERE, INVITE] if key in presenters else [HERE]), key
    ruth = people["ruth"]
    assert ruth.pressed[0] == "Open the room"
    assert len(ruth.pressed) + 1 <= 25
    rest = ", ".join(f"{key} {len(pressed)}" for key, pressed in others.items())
    return f"the facilitator {len(ruth.pressed)}, and {ruth.wrote} for what she wrote; {rest}"


def detail(presenter: Somebody, action: dict[str, Any]) -> None:
    """Later, in peace: the first step, how I will know, how sure I am, and an ally."""
    presenter.go("/actions/")
    presenter.page.get_by_role("link", name=action["text"]).click()
    presenter.page.get_by_role("link", name="Change it").click()
    if "ally" in action:
        presenter.page.locator("[name=ally]").select_option(label=NAMES[action["ally"]])
    presenter.fill(
        "Save",
        first_step=action["first_step"],
        sign=action["sign"],
        confidence=str(action["confidence"]),
    )
    presenter.sees(action["sign"])


def befriend(ally: Somebody) -> None:
    ally.go("/actions/")
    ally.page.get_by_role("button", name="Yes", exact=True).click()
    expect(ally.page.get_by_role("heading", name="I am an ally")).to_be_visible()


def letters_hold_ones_own_actions(box: Postbox) -> None:
    """Each who was there has a letter with their own actions, and no letter holds another word."""
    own: dict[str, list[str]] = {}
    for given in CASE["rounds"]:
        own.setdefault(given["presenter"], []).extend(each["text"] for each in given["actions"])
    for given in CASE["check_out"]:
        own.setdefault(given["who"], []).extend(filter(None, [given.get("action")]))
    for given in CASE["last_actions"]:
        own.setdefault(given["who"], []).append(given["text"])
    for key in CASE["meeting"]["present"]:
        if not daytime.is_day(beginning.ABOUT[key]["zone"], datetime.now(UTC)):
            continue  # it comes in the morning
        box.to(beginning.address(key), "your own actions")
        got = "".join(words for to, words in box.everything() if to == beginning.address(key))
        assert not [text for text in own.get(key, []) if text not in got]
    theirs = {beginning.address(key): set(texts) for key, texts in own.items()}
    every = {text for texts in own.values() for text in texts}
    for to, words in box.everything():
        said = [text for text in replaying.said() if text in words]
        assert not said
        assert not [text for text in every - theirs.get(to, set()) if text in words]
