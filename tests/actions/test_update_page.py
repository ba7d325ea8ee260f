"""Saying how one action goes by a link, without signing in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from setwise.actions import deciding, update_links
from setwise.actions.models import Action, Progress
from setwise.people import linking
from setwise.people.models import Link, Person
from setwise.sets.models import LearningSet
from tests.actions.company import TEXT, browser, leave, stands_in_clear

pytestmark = pytest.mark.once

HAPPENED, LEARNED = "I rang both, and they talked", "Ask before guessing"
TOLD = {"state": "done", "happened": HAPPENED, "learned": LEARNED}


@pytest.fixture
def url(action: Action) -> str:
    return path(action)


def path(action: Action) -> str:
    return "/" + update_links.urls([action], at=timezone.now())[action.pk].split("/", 3)[3]


def test_opening_changes_nothing_and_saving_keeps_it_as_its_owner_s_own(
    client: Client, url: str, action: Action
) -> None:
    page = client.get(url)
    assert client.head(url).status_code == page.status_code == 200
    assert TEXT in page.content.decode() and "Amara" in page.content.decode()
    assert not Progress.objects.exists()
    assert client.post(url, TOLD | {"state": "going"}).headers["Location"] == url
    (row,) = action.progress.all()
    assert (row.happened(), row.learned(), row.state) == (HAPPENED, LEARNED, "going")
    assert row.confirmed_at and row.typed_by is None
    assert not stands_in_clear(HAPPENED)
    assert "Noted." in client.get(url).content.decode()


def test_once_it_has_ended_the_link_shows_no_words_and_takes_none(
    client: Client, url: str, action: Action
) -> None:
    client.post(url, TOLD)
    page = client.get(url).content.decode()
    assert "Noted." in page and "You said: done" in page and TEXT not in page
    client.post(url, TOLD | {"state": "let go"})
    action.refresh_from_db()
    assert (action.state, action.progress.count()) == ("done", 1)


def test_a_refused_form_keeps_what_was_typed(client: Client, url: str) -> None:
    for state in ("", "open", "nonsense"):
        answer = client.post(url, TOLD | {"state": state})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert HAPPENED in text and LEARNED in text
    assert client.post(url, {}).status_code == 422
    assert not Progress.objects.exists()


@pytest.mark.parametrize(
    "why", ["altered", "new one", "old", "other purpose", "gone", "erased", "draft"]
)
def test_a_dead_link_shows_no_words_and_takes_none(
    client: Client, url: str, action: Action, amara: Person, why: str
) -> None:
    assert client.get(url).status_code == 200
    match why:
        case "altered":
            url = url[:-4] + "aaa/"
        case "new one":
            path(action)
        case "old":
            Link.objects.update(dies_at=timezone.now() - timedelta(seconds=1))
        case "other purpose":
            token = linking.keep(
                "reply-action", person=amara, about=action.pk, at=timezone.now(), dies_at=None
            )
            url = f"/actions/update/{token}/"
        case "gone":
            Action.objects.all().delete()
        case "erased":
            Person.objects.filter(pk=amara.pk).update(is_active=False)
        case _:
            Action.objects.update(confirmed_at=None)
    for answer in (client.get(url), client.post(url, TOLD)):
        text = answer.content.decode()
        assert answer.status_code == 404 and "This link opens nothing now" in text
        assert TEXT not in text and "Amara" not in text
    assert not Progress.objects.exists()


def test_forwarded_to_somebody_signed_in_it_shows_no_words(
    url: str, tomasz: Person, amara: Person, learning_set: LearningSet
) -> None:
    theirs = browser(tomasz)
    text = theirs.get(url).content.decode()
    assert "This link is for Amara" in text and TEXT not in text
    assert theirs.post(url, TOLD).status_code == 403
    assert not Progress.objects.exists()
    leave(amara, learning_set)
    assert browser(amara).post(url, TOLD).status_code == 302  # what is hers stays hers


def test_an_ally_s_link_to_it_would_open_nothing(
    client: Client, action: Action, tomasz: Person
) -> None:
    """Links are made for owners; one that was not would tell nothing all the same."""
    at = timezone.now()
    decision = deciding.Decision(TEXT, ally=tomasz)
    deciding.change(action, decision=decision, at=at)
    Action.objects.update(ally_accepted_at=at)
    token = linking.renew("action", person=tomasz, about=action.pk, at=at, dies_at=None)
    assert client.get(f"/actions/update/{token}/").status_code == 404
