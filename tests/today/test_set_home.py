"""A set's home, for whoever belongs to it and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from setwise.people.models import Person
from setwise.room import closing, entering, opening
from setwise.sets.models import LearningSet, Membership
from tests.actions.company import browser, decided, gather, leave, somebody
from tests.cast import cast
from tests.today.arranging import agree, meet, propose, seat

pytestmark = [pytest.mark.django_db, pytest.mark.long]
MEMBERS = ("amara", "tomasz", "niamh", "yusuf")


@pytest.fixture
def learning_set() -> LearningSet:
    return gather(*MEMBERS)


@pytest.fixture
def amara(learning_set: LearningSet) -> Person:
    return somebody("amara")


def home(person: Person, learning_set: LearningSet) -> str:
    answer = browser(person).get(f"/sets/{learning_set.id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def section(html: str, name: str) -> list[str]:
    """The text of each row in one section."""
    part = html.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]
    return [row.partition("</li>")[0] for row in part.split("<li>")[1:]]


def test_a_set_is_closed_to_whoever_does_not_belong_to_it(learning_set: LearningSet) -> None:
    assert "Tuesday set" in home(somebody("tomasz"), learning_set)
    leave(somebody("tomasz"), learning_set)
    Membership.objects.filter(person=somebody("niamh")).update(suspended_at=timezone.now())
    gather("stranger", name="Another set")
    for name in ("tomasz", "niamh", "stranger"):
        answer = browser(somebody(name)).get(f"/sets/{learning_set.id}/")
        assert answer.status_code == 404
        assert "Tuesday set" not in answer.content.decode()


def test_its_people_are_named_and_its_facilitator_is_marked(
    learning_set: LearningSet, amara: Person
) -> None:
    Person.objects.filter(pk=amara.pk).update(role="Ward manager")
    Membership.objects.filter(person=somebody("yusuf")).update(suspended_at=timezone.now())
    rows = section(home(somebody("niamh"), learning_set), "people")
    assert [row.partition("<")[0] for row in rows] == ["Amara", "Niamh", "Tomasz"]
    assert ["Facilitator" in row for row in rows] == [True, False, False]
    assert "Ward manager" in rows[0]


def test_until_rules_are_agreed_the_floor_is_told(learning_set: LearningSet, amara: Person) -> None:
    floor = "nothing leaves the room, and the record of a round is its presenter’s alone"
    rules = propose(learning_set, by="amara")
    assert floor in home(amara, learning_set)
    agree(rules, *MEMBERS)
    html = home(amara, learning_set)
    assert "Version 1 has been in force since" in html and floor not in html


def test_the_next_thing_is_that_of_this_set(learning_set: LearningSet, amara: Person) -> None:
    other = gather("amara", name="Another set")
    assert f'class="button" href="/sets/{other.id}/people/">Invite people' in home(amara, other)
    html = home(amara, learning_set)
    assert "No meeting is fixed yet." in html and "still gathering" not in html
    agree(propose(learning_set, by="amara"), *MEMBERS)
    meet(learning_set, timezone.now() + timedelta(days=9), by="amara")
    assert "There is nothing you need to do here just now." in home(amara, learning_set)


def test_a_meeting_is_coming_until_it_is_over_or_closed(
    learning_set: LearningSet, amara: Person
) -> None:
    now = timezone.now()
    meet(learning_set, now - timedelta(days=40), by="amara", title="Long ago")
    early = meet(learning_set, now + timedelta(hours=1), by="amara", title="Closed early")
    meet(learning_set, now + timedelta(days=40), by="amara", title="Next")
    opening.open_room(seat("amara", learning_set), early, at=now)
    assert "Meetings held (1)" in home(amara, learning_set)
    closing.close(entering.locked(amara, early.pk), at=now)
    html = home(amara, learning_set)
    before, _, held = html.partition("Meetings held (2)")
    names = ("Next", "Closed early", "Long ago")
    assert [f">{name}</a>" in before for name in names] == [True, False, False]
    assert held.index(">Closed early</a>") < held.index(">Long ago</a>")


def test_ones_own_open_actions_of_this_set_are_there(
    learning_set: LearningSet, amara: Person
) -> None:
    decided(amara, learning_set, "Mine here")
    decided(amara, gather("amara", name="Another set"), "Mine elsewhere")
    decided(somebody("tomasz"), learning_set, "His here")
    assert "His here" in home(somebody("tomasz"), learning_set)
    html = home(amara, learning_set)
    assert "Mine here" in html
    assert "Mine elsewhere" not in html and "His here" not in html


def test_the_records_are_those_that_the_reader_may_open() -> None:
    company = cast(held=True)
    pages = {
        role: home(company.people[role], company.learning_set)
        for role in ("presenter", "facilitator", "member", "apologies", "late joiner")
    }
    assert {role: html.count("/records/") for role, html in pages.items()} == {
        "presenter": 1,
        "facilitator": 0,
        "member": 1,
        "apologies": 0,
        "late joiner": 0,
    }
    assert "My round" in pages["presenter"] and "My round" in pages["member"]
    assert company.case["rounds"][0]["statement"] not in pages["presenter"]


def test_many_people_and_meetings_take_as_many_queries_as_few(
    learning_set: LearningSet, amara: Person
) -> None:
    own, now = browser(amara), timezone.now()
    meet(learning_set, now + timedelta(days=9), by="amara")
    meet(learning_set, now - timedelta(days=9), by="amara")
    own.get("/")  # notes once when this session was last seen
    counts = []
    for more in range(2):
        for number in range(4 * more):
            person = somebody(f"member{number}")
            Membership.objects.create(learning_set=learning_set, person=person, joined_at=now)
            for days in (20, -20):
                meet(learning_set, now + timedelta(days=days + number), by="amara")
        with CaptureQueriesContext(connection) as queries:
            answer = own.get(f"/sets/{learning_set.id}/")
        assert len(section(answer.content.decode(), "people")) == 4 + 4 * more
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_it_says_when_each_presented_last_and_ranks_nobody() -> None:
    company = cast(held=True)
    html = home(company.people["member"], company.learning_set)
    rows = section(html, "people")
    day = f"{company.meeting.starts_at:%-d %B %Y}"
    said = [row.split("<")[0].split(",")[0] for row in rows if f"last presented {day}" in row]
    presented = [str(company.people[role]) for role in ("presenter", "member")]
    assert sorted(said) == sorted(presented)
    assert [name for name in presented if name in html] == presented
