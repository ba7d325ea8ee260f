"""Every page a member sees: no axe violation, no sideways scroll, nothing the policy forbids."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Somebody
from tests.serving import Server

pytestmark = pytest.mark.browser
PLACES = """
from setwise.sets.models import *; from setwise.meetings.models import *
from setwise.room.models import *; from setwise.actions.models import *
s = LearningSet.objects.get(); m = Room.objects.get().meeting_id
r = Round.objects.get(number=1); a = Action.objects.filter(owner=r.presenter).first()
print("PLACES", s.id, m, r.id, a.id)
"""
SIX = ("/", "{set}", "{set}people/", "{set}rules/", "{room}", "{record}")
MORE = (
    "/account/",
    "/account/sessions/",
    "/actions/",
    "{action}",
    "{action}edit/",
    "/sets/new/",
    "{set}about/",
    "{set}rules/edit/",
    "{set}rules/answer/",
    "{set}rules/versions/1/",
    "{set}people/leave/",
    "{set}meetings/new/",
    "{meeting}",
    "/demo/mail/",
    "/accounts/logout/",
)
LOOKS = [(width, scheme) for width in (1280, 390, 320) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def places(served_played: Server) -> dict[str, str]:
    found = served_played.ask(PLACES).split("PLACES", 1)[1].split()
    set_, meeting, round_, action = found[:4]
    return {
        "set": f"/sets/{set_}/",
        "meeting": f"/meetings/{meeting}/",
        "room": f"/rooms/{meeting}/",
        "record": f"/records/{round_}/",
        "action": f"/actions/{action}/",
    }


@pytest.fixture
def amara(
    browser: Browser, served_played: Server, request: pytest.FixtureRequest
) -> Iterator[Somebody]:
    width, scheme = getattr(request, "param", (1280, "light"))
    person = Somebody.of_demo(
        browser,
        served_played,
        "amara",
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    yield person
    person.context.close()


def faults(person: Somebody, path: str) -> list[str]:
    """What is wrong with one page."""
    person.complaints.clear()
    person.go(path)
    wider = person.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    sideways = [f"{wider} pixels too wide"] if wider > 0 else []
    return person.violations() + sideways + person.complaints


@pytest.mark.parametrize("amara", LOOKS, indirect=True)
def test_six_pages_are_sound_at_every_width_and_in_both_themes(
    amara: Somebody, places: dict[str, str]
) -> None:
    paths = [path.format(**places) for path in SIX]
    assert {path: faults(amara, path) for path in paths} == {path: [] for path in paths}


def test_every_other_page_is_sound(amara: Somebody, places: dict[str, str]) -> None:
    paths = [path.format(**places) for path in MORE]
    assert {path: faults(amara, path) for path in paths} == {path: [] for path in paths}


def test_the_sign_in_page_is_sound(browser: Browser, served_played: Server) -> None:
    page = browser.new_page()
    page.goto(f"{served_played.url}/accounts/login/")
    page.get_by_label("Email", exact=False).fill("amara@setwise.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Look in your e-mail").wait_for()
    page.close()
