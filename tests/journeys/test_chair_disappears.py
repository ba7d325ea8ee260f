"""Whoever held the controls closes the laptop: after two minutes somebody here takes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.beginning import knock
from tests.journeys.people import PATIENCE, Somebody, gathered
from tests.journeys.replaying import NAMES, next_
from tests.serving import Server

pytestmark = pytest.mark.browser
LATER = """
from datetime import timedelta
from django.db.models import F
from django.utils import timezone
from setwise.room.models import Presence, Room
ruth = Presence.objects.get(person__email__startswith="ruth@")
print("LEFT", (ruth.until - timezone.now()).total_seconds() < 40)
past = timezone.now() - timedelta(seconds=90)
Presence.objects.filter(pk=ruth.pk).update(until=past)
Room.objects.update(version=F("version") + 1, people_version=F("people_version") + 1,
                    chair_since=past - timedelta(hours=1), opened_at=past - timedelta(hours=1))
"""


@pytest.fixture
def people(browser: Browser, served: Server) -> Iterator[dict[str, Somebody]]:
    with gathered(browser, served, ("ruth", "niamh", "amara")) as people:
        yield people


def test_somebody_takes_the_controls_and_everybody_hears_of_it(
    people: dict[str, Somebody], browser: Browser, served: Server
) -> None:
    ruth, niamh, amara = people["ruth"], people["niamh"], people["amara"]
    knock(people)
    ruth.press("Check in")
    niamh.sees("how are you here?")
    take = niamh.page.get_by_role("button", name="Take the controls")
    expect(take).to_have_count(0)
    ruth.context.close()
    niamh.page.wait_for_timeout(3000)
    expect(take).to_have_count(0)  # two minutes have not passed
    served.ask(LATER)
    niamh.sees("screen has been away for two minutes")
    assert amara.violations() == []
    take.click()
    for person in (niamh, amara):
        heard = person.page.get_by_role("status").filter(has_text="now holds the controls")
        expect(heard).to_have_text(f"{NAMES['niamh']} now holds the controls.", timeout=PATIENCE)
        assert heard.evaluate("node => node.id") == "region-news"
        assert person.faults() == []
    next_(niamh, "progress")

    people["ruth"] = ruth = Somebody.of_demo(browser, served, "ruth")
    ruth.page.goto(niamh.page.url.replace(niamh.origin, ruth.origin))
    ruth.sees("You were away")
    niamh.press(f"Hand {NAMES['ruth']} the controls back")
    ruth.sees("You hold the controls.")
    assert ruth.faults() == []
    next_(ruth, "bidding")
