"""An action is shown to one meeting, when its owner says so, to those who are checked in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from setwise.actions import progressing
from setwise.actions.models import Action, Progress, Shown
from setwise.protocols import commands
from setwise.room import checking_in, moving, opening
from tests.actions.company import browser
from tests.cast import Cast, cast

pytestmark = pytest.mark.long

TEXT = "Ask the two GP practices"  # how Bronwen's action of last time begins


@pytest.fixture
def company(db: None) -> Cast:
    """The case's meeting is at its progress step; Dele has sent apologies."""
    company = cast()
    play = company.play
    opening.open_room(company.seat("facilitator"), company.meeting, at=play.at)
    for key in play.present:
        checking_in.knock(play.entry(key), at=play.tick())
    checking_in.admit(play.entry(play.chair), who=None, at=play.tick())
    play.to("progress")
    return company


@pytest.fixture
def action(company: Cast) -> Action:
    return Action.objects.get(owner=company.keys["bronwen"])


def tell(company: Cast, key: str, action: Action, **words: str) -> int:
    url = f"/rooms/{company.meeting.id}/progress/{action.id}/"
    return browser(company.keys[key]).post(url, words).status_code


def readers(company: Cast, words: str = TEXT) -> list[str]:
    """Who reads the words in the room now."""
    url = f"/rooms/{company.meeting.id}/"
    pages = {key: browser(person).get(url) for key, person in company.keys.items()}
    assert {page.status_code for page in pages.values()} == {200}
    return sorted(key for key, page in pages.items() if words in page.content.decode())


def test_an_action_is_its_owners_alone_until_they_show_it(company: Cast, action: Action) -> None:
    assert readers(company) == ["bronwen"]


def test_an_action_that_is_shown_is_read_by_those_who_are_here(
    company: Cast, action: Action
) -> None:
    assert tell(company, "bronwen", action, shown="1") == 302
    here = sorted(company.play.present)
    assert "dele" not in here
    assert readers(company) == here
    assert browser(company.keys["dele"]).get(f"/actions/{action.id}/").status_code == 404
    assert browser(company.keys["amara"]).get(f"/actions/{action.id}/").status_code == 404


def test_what_is_shown_is_taken_back_in_one_press(company: Cast, action: Action) -> None:
    tell(company, "bronwen", action, shown="1")
    assert tell(company, "bronwen", action) == 302
    assert readers(company) == ["bronwen"]


def test_what_is_shown_leaves_the_screens_with_its_step(company: Cast, action: Action) -> None:
    tell(company, "bronwen", action, shown="1")
    company.play.to("bidding")
    assert readers(company) == ["bronwen"]  # in her own composer


def test_what_is_shown_leaves_the_screens_in_a_pause(company: Cast, action: Action) -> None:
    tell(company, "bronwen", action, shown="1")
    play = company.play
    moving.move(play.entry("ruth"), commands.Pause(), at=play.tick())
    assert readers(company) == ["bronwen"]
    moving.move(play.entry("ruth"), commands.Resume(), at=play.tick())
    assert readers(company) == sorted(play.present)


def test_what_was_shown_at_another_meeting_is_not_shown_at_this_one(
    company: Cast, action: Action
) -> None:
    assert action.meeting is not None and action.meeting != company.meeting
    progressing.show(action, action.meeting, on=True, at=timezone.now())
    assert readers(company) == ["bronwen"]


def test_nobody_shows_an_action_of_somebody_else(company: Cast, action: Action) -> None:
    assert tell(company, "amara", action, shown="1", state="done") == 404
    assert tell(company, "ruth", action, shown="1", state="done") == 404
    assert not Shown.objects.exists()
    assert not Progress.objects.exists()


def test_whoever_is_not_here_shows_nothing(company: Cast, action: Action) -> None:
    dele = company.keys["dele"]
    Action.objects.filter(pk=action.pk).update(owner=dele)
    assert tell(company, "dele", action, shown="1") == 403
    assert not Shown.objects.exists()


def test_a_note_taker_writes_a_draft_about_what_is_shown(company: Cast, action: Action) -> None:
    tell(company, "bronwen", action, shown="1")
    words = "One phone number"
    assert tell(company, "ruth", action, state="done", happened=words) == 302
    assert Action.objects.get(pk=action.pk).state == "open"
    assert readers(company) == sorted(company.play.present)  # it is shown still
    told = Progress.objects.get()
    assert (told.typed_by, told.confirmed_at) == (company.keys["ruth"], None)
    own = browser(company.keys["bronwen"])
    own.post(f"/actions/{action.id}/progress/{told.id}/confirmation/")
    assert Action.objects.get(pk=action.pk).state == "done"


def test_showing_twice_is_once(company: Cast, action: Action) -> None:
    at = timezone.now()
    for moment in (at, at + timedelta(minutes=1)):
        progressing.show(action, company.meeting, on=True, at=moment)
    assert [(row.meeting, row.at) for row in Shown.objects.all()] == [(company.meeting, at)]
