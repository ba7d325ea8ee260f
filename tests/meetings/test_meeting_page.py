"""When, where, who is coming, and what this reader may press."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from setwise.meetings import replying, scheduling
from setwise.meetings.models import Meeting
from setwise.people.models import Person
from tests.cast import Cast
from tests.meetings.planning import AT, plan
from tests.sets.doors import SEATED
from tests.sets.gathering import gather, join, newcomer
from tests.sets.visiting import page, queries, signed_in

pytestmark = pytest.mark.once

FAR = datetime(2083, 2, 9, 14, tzinfo=UTC)  # pages ask the real clock whether it is over


@pytest.fixture
def meeting(company: Cast) -> Meeting:
    """A meeting still to come, which the facilitator arranged."""
    return scheduling.fix(company.seat("facilitator"), plan=plan(starts_at=FAR), at=AT)


def url(meeting: Meeting) -> str:
    return f"/meetings/{meeting.id}/"


def test_a_reader_elsewhere_sees_both_times(company: Cast, meeting: Meeting) -> None:
    at_place = "Tuesday 9 February 2083, 14:00 (London time), 90 minutes"
    words = page(signed_in(company.people["late joiner"]), url(meeting))
    assert at_place in words
    assert "For you: Tuesday 9 February 2083, 19:45 (Kathmandu time)" in words
    words = page(signed_in(company.people["member"]), url(meeting))
    assert at_place in words and "For you:" not in words


def test_the_page_shows_place_link_and_title_as_they_were_typed(company: Cast) -> None:
    words = page(signed_in(company.people["member"]), url(company.meeting))
    given = company.case["meeting"]
    assert f"<h1>{given['title']}</h1>" in words
    assert f"<dd>{given['place']}</dd>" in words
    assert f'<a href="{given["link"]}" rel="noreferrer">' in words


def test_everyone_in_the_set_is_listed_with_their_answer(company: Cast) -> None:
    words = page(signed_in(company.people["member"]), url(company.meeting))
    listed = words.partition("Who is coming")[2].partition("</ul>")[0].split("<li")[1:]
    found = {
        role: next(row for row in listed if company.people[role].name in row).rpartition("pill")[2]
        for role in SEATED
    }
    said = {role: text.partition(">")[2].partition("<")[0] for role, text in found.items()}
    assert said == {
        "facilitator": "Coming",
        "presenter": "Coming",
        "member": "Coming",
        "apologies": "Apologies",
        "late joiner": "No answer yet",
    }
    assert len(listed) == 8
    assert all(company.people[role].name not in words for role in ("former", "suspended"))


def test_moving_is_offered_to_whoever_may(company: Cast, meeting: Meeting) -> None:
    offers = ("Move it", "Cancel it")
    shown = {
        role: [each in page(signed_in(company.people[role]), url(meeting)) for each in offers]
        for role in SEATED
    }
    assert shown == {role: [role == "facilitator"] * 2 for role in SEATED}


def test_a_cancelled_meeting_offers_neither_answer_nor_room_nor_change(
    company: Cast, meeting: Meeting
) -> None:
    client, offers = signed_in(company.people["facilitator"]), ("Are you coming", "room", "Move it")
    assert [each in page(client, url(meeting)) for each in offers] == [True] * 3
    scheduling.cancel(company.seat("facilitator"), meeting, at=AT)
    words = page(client, url(meeting))
    main = words.partition("<main")[2].partition("</main>")[0].replace("Seminar room", "")
    assert "This meeting was cancelled." in main
    assert [each in main for each in offers] == [False] * 3


def test_a_meeting_that_is_over_offers_its_room_and_no_answer(
    company: Cast, meeting: Meeting
) -> None:
    client = signed_in(company.people["facilitator"])
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=AT.replace(2020), ends_at=AT.replace(2021)
    )
    words = page(client, url(meeting))
    offers = ("Write it down", "Are you coming", "Move it", "quorum")
    assert [each in words for each in offers] == [True, False, False, False]


@pytest.mark.django_db
def test_the_page_takes_as_many_queries_with_many_rows_as_with_one() -> None:
    gathered = gather(1)
    meeting = scheduling.fix(gathered.seat(0), plan=plan(starts_at=FAR), at=AT)
    client = signed_in(gathered.people[0])
    before = queries(client, url(meeting))
    for name in ("Bo", "Chidi", "Delyth", "Emre"):
        person: Person = newcomer(name)
        join(gathered.learning_set, person)
        gathered.people.append(person)
    for number, answer in ((1, "yes"), (2, "apologies"), (3, "yes")):
        replying.reply(gathered.seat(number), meeting, answer=answer, at=AT)
    words = page(client, url(meeting))
    assert words.count("Coming</span>") == 3 and "Emre" in words
    assert queries(client, url(meeting)) == before
