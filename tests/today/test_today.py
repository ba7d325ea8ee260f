"""A person's home: each of their sets, what is coming, their open actions; and when there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from setwise.people.models import Person
from setwise.room import closing, entering, opening
from setwise.sets.models import LearningSet, Membership
from tests.actions.company import browser, decided, gather, leave, somebody
from tests.today.arranging import agree, meet, propose, seat, things

pytestmark = [pytest.mark.django_db, pytest.mark.long]
NOW = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
MEMBERS = ("amara", "tomasz", "niamh", "yusuf")


@pytest.fixture(autouse=True)
def now(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


@pytest.fixture
def amara() -> Person:
    return somebody("amara")


def settled(name: str = "Tuesday set") -> LearningSet:
    """A set that asks nothing of Amara: its rules are agreed, and she has fixed its meeting."""
    learning_set = gather(*MEMBERS, name=name)
    agree(propose(learning_set, by="amara"), *MEMBERS)
    meet(learning_set, NOW + timedelta(days=7), by="amara", title=f"Meeting of {name}")
    return learning_set


def home(person: Person) -> str:
    return browser(person).get("/").content.decode()


def coming(html: str) -> list[str]:
    """The names of the meetings that are coming, in their order."""
    part = html.partition("Coming up")[2].partition("</section>")[0]
    return [row.partition('">')[2].partition("</a>")[0] for row in part.split("<li>")[1:]]


def test_nothing_to_do_is_said_kindly(amara: Person) -> None:
    settled()
    html = home(amara)
    assert "There is nothing you need to do just now." in html
    assert "Nothing for you to do here just now." not in html  # it is said once
    assert '<a class="button"' not in html.partition("<main")[2]


def test_something_to_do_in_one_set_is_not_called_nothing(amara: Person) -> None:
    settled()
    gather("amara", name="A new set")
    html = home(amara)
    assert html.partition("<main")[2].count('<a class="button"') == 1
    assert "There is nothing you need to do just now." not in html
    assert html.count("Nothing for you to do here just now.") == 1
    assert {name: bool(thing) for name, thing in things(amara).items()} == {
        "A new set": True,
        "Tuesday set": False,
    }


def test_somebody_without_a_set_is_told_what_one_is_and_how_to_start(amara: Person) -> None:
    html = home(amara)
    assert "You are in no set yet" in html
    assert '<a class="button" href="/sets/new/">Start a set</a>' in html
    assert "There is nothing you need to do" not in html


def test_sets_stand_by_their_names_and_only_ones_own(amara: Person) -> None:
    for name in ("Wednesday", "Monday"):
        gather(*MEMBERS, name=name)
    left, suspended = gather(*MEMBERS, name="Left"), gather(*MEMBERS, name="Suspended")
    gather("tomasz", name="Of others")
    assert list(things(amara)) == ["Left", "Monday", "Suspended", "Wednesday"]
    leave(amara, left)
    Membership.objects.filter(person=amara, learning_set=suspended).update(suspended_at=NOW)
    assert list(things(amara)) == ["Monday", "Wednesday"]
    assert not any(name in home(amara) for name in ("Left", "Suspended", "Of others"))


def test_what_one_set_asks_is_not_asked_for_another(amara: Person) -> None:
    settled("Settled")
    busy = settled("Busy")
    decided(amara, busy, due_on=date(2027, 2, 1))
    thing = things(amara)["Busy"]
    assert thing and thing.button == "Say how it went"
    assert things(amara)["Settled"] is None


def test_what_is_coming_stands_soonest_first_in_the_readers_own_time(amara: Person) -> None:
    Person.objects.filter(pk=amara.pk).update(zone="Asia/Kathmandu")
    learning_set = gather(*MEMBERS)
    for title, days in (("Later", 40), ("Sooner", 7), ("Gone", -40)):
        meet(learning_set, NOW + timedelta(days=days, hours=9), by="amara", title=title)
    html = home(amara)
    assert coming(html) == ["Tuesday set: Sooner", "Tuesday set: Later"]
    assert "Tuesday 16 February 2027, 23:45 (Kathmandu time), Room 2" in html


def test_a_meeting_that_was_closed_early_is_not_coming(amara: Person) -> None:
    learning_set = settled()
    meeting = learning_set.meetings.get()
    assert coming(home(amara)) == ["Tuesday set: Meeting of Tuesday set"]
    opening.open_room(seat("amara", learning_set), meeting, at=meeting.starts_at)
    assert coming(home(amara)) == ["Tuesday set: Meeting of Tuesday set"]
    closing.close(entering.locked(amara, meeting.pk), at=meeting.starts_at)
    assert coming(home(amara)) == []


def test_ones_own_open_actions_are_there_and_no_others(amara: Person) -> None:
    learning_set = settled()
    tomasz = somebody("tomasz")
    decided(amara, learning_set, "Mine, going", due_on=date(2027, 3, 1))
    ended = decided(amara, learning_set, "Mine, done")
    decided(amara, learning_set, "A draft for me", typed_by=tomasz)
    decided(tomasz, learning_set, "Of Tomasz", ally=amara)
    assert "Of Tomasz" in home(tomasz)
    assert "Mine, done" in home(amara)
    browser(amara).post(f"/actions/{ended.id}/", {"state": "done"})
    part = home(amara).partition('aria-labelledby="my-actions"')[2].partition("</section>")[0]
    assert [row.partition('">')[2].partition("</a>")[0] for row in part.split("<li>")[1:]] == [
        "Mine, going"
    ]
    assert "by 1 March" in part
    assert not any(words in home(amara) for words in ("A draft for me", "Of Tomasz"))


def test_many_sets_take_as_many_queries_as_one(amara: Person) -> None:
    settled()
    own = Client()
    own.force_login(amara, backend="allauth.account.auth_backends.AuthenticationBackend")
    own.get("/")  # notes once when this session was last seen
    counts = []
    for names in ([], ["Second", "Third", "Fourth", "Fifth"]):
        for name in names:
            learning_set = settled(name)
            propose(learning_set, by="tomasz")
            meet(learning_set, timezone.now(), by="tomasz", title="Today")
        with CaptureQueriesContext(connection) as queries:
            assert len(own.get("/").context["rows"]) == 1 + len(names)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_open_actions_are_there_for_whoever_has_left_their_only_set() -> None:
    learning_set = gather("ruth", "amara")
    amara = somebody("amara")
    decided(amara, learning_set, "Mine still")
    leave(amara, learning_set)
    html = browser(amara).get("/").content.decode()
    assert "You are in no set yet" in html
    assert "Mine still" in html
