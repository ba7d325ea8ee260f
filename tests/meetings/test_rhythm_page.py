"""The page that proposes dates by a rhythm, and the poll of a series."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from setwise.meetings import polling
from setwise.meetings.models import KeptRhythm, Meeting, Poll
from tests.cast import Cast
from tests.meetings.polls import days_on, opened
from tests.sets.gathering import Gathered
from tests.sets.mailbox import received
from tests.sets.visiting import page, queries, signed_in

pytestmark = pytest.mark.once

TODAY = timezone.now()
YEAR = TODAY.year + 1


def rhythm(**changed: Any) -> str:
    """Every six weeks on a Tuesday or Thursday morning, three meetings, from next May."""
    words: dict[str, Any] = {
        "weeks": 6,
        "count": 3,
        "first": f"{YEAR}-05-01",
        "days": [1, 3],
        "parts": ["morning"],
        "zone": "Europe/London",
    }
    return "?" + urlencode(words | changed, doseq=True)


def url(three: Gathered) -> str:
    return f"/sets/{three.learning_set.id}/meetings/rhythm/"


@pytest.fixture
def client(three: Gathered) -> Client:
    return signed_in(three.people[0])


def offered(words: str) -> list[str]:
    return re.findall(r'name="dates" value="([^"]+)"', words)


def where(**changed: Any) -> dict[str, Any]:
    day = (TODAY + timedelta(days=5)).date()
    return {"place": "Here", "minutes": "90", "closes_on": f"{day}"} | changed


def test_the_dates_are_shown_before_anything_is_done(three: Gathered, client: Client) -> None:
    plain = page(client, url(three))
    assert "Show the dates" in plain and not offered(plain)
    words = page(client, url(three) + rhythm())
    assert len(offered(words)) == 6 == words.count(" checked> <span>")
    assert "Every six weeks on a Tuesday or Thursday at 10:00, from 1 May" in words
    assert "Third of the series" in words
    assert not Meeting.objects.filter(learning_set=three.learning_set).exists()
    assert not KeptRhythm.objects.exists()


def test_public_holidays_and_months_are_left_out_and_it_is_said(
    three: Gathered, client: Client
) -> None:
    three.learning_set.country = "GB-ENG"
    three.learning_set.save()
    christmas = datetime(YEAR, 12, 25, tzinfo=UTC)
    words = page(
        client, url(three) + rhythm(first=christmas.date(), days=[christmas.weekday()], count=1)
    )
    assert "is Christmas Day" in words and "public holidays of England" in words
    words = page(client, url(three) + rhythm(first=f"{YEAR}-08-02", months_out=[8], count=1))
    assert "August is left out" in words and "not in August." in words


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"days": []}, "Choose at least one day."),
        ({"parts": []}, "Choose a time of day, or an exact time."),
        ({"first": "2001-01-01"}, "That day is over."),
        ({"first": "9999-12-31"}, "Is the year right?"),
        ({"months_out": list(range(1, 13))}, "Leave at least one month to meet in."),
        ({"weeks": 0}, "greater than or equal to 1"),
        ({"zone": "Moon/Crater"}, "zone"),
    ],
)
def test_what_is_no_rhythm_comes_back_with_the_reason(
    three: Gathered, client: Client, changed: dict[str, Any], sentence: str
) -> None:
    answer = client.get(url(three) + rhythm(**changed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_one_press_asks_everyone_about_the_dates_that_are_ticked(
    three: Gathered, client: Client
) -> None:
    here = url(three) + rhythm()
    dates = offered(page(client, here))
    answer = client.post(here, where(dates=dates[1:], do="ask"))
    poll = Poll.objects.get(learning_set=three.learning_set)
    assert answer.status_code == 302 and answer["Location"] == f"/polls/{poll.id}/"
    found = poll.dates.order_by("starts_at").values_list("starts_at", "occurrence")
    assert [start.isoformat() for start, _ in found] == dates[1:]
    assert [number for _, number in found] == [1, 2, 2, 3, 3]
    assert received("poll_opened") == {"bo@estuary.example": 1, "chidi@estuary.example": 1}
    kept = KeptRhythm.objects.get(learning_set=three.learning_set)
    assert (kept.weeks, kept.days, kept.times) == (6, [1, 3], ["10:00"])
    again = client.post(here, where(dates=dates, do="ask"), follow=True)
    assert "Your set has an open poll already" in again.content.decode()


def test_or_it_fixes_them_all_on_the_first_date_that_is_ticked(
    three: Gathered, client: Client
) -> None:
    here = url(three) + rhythm(clock="09:15", parts=[])
    dates = offered(page(client, here))
    kept = [dates[1], dates[2], dates[3], dates[5]]
    answer = client.post(here, where(dates=kept, do="fix", closes_on=""), follow=True)
    assert "Three meetings are fixed" in answer.content.decode()
    found = Meeting.objects.filter(learning_set=three.learning_set).order_by("starts_at")
    assert [each.starts_at.isoformat() for each in found] == [dates[1], dates[2], dates[5]]
    assert {f"{each.local_start:%H:%M}" for each in found} == {"09:15"}
    assert received("series") and not Poll.objects.filter(learning_set=three.learning_set)
    last = found.last()
    assert last
    plain = page(client, url(three))  # the next ones follow on
    monday = last.local_start.date() - timedelta(days=last.local_start.weekday())
    assert f'value="{monday + timedelta(weeks=6)}"' in plain and 'value="09:15"' in plain


def test_a_refused_form_keeps_what_was_ticked_and_typed(three: Gathered, client: Client) -> None:
    here = url(three) + rhythm()
    dates = offered(page(client, here))
    answer = client.post(here, where(dates=dates[:2], do="ask", place="", link="nowhere here"))
    words = answer.content.decode()
    assert answer.status_code == 422 and words.count(" checked> <span>") == 2
    assert "Write a whole address" in words and 'value="nowhere here"' in words
    for wrong, sentence in (
        ({"dates": []}, "Tick at least one date."),
        ({"dates": [*dates, "2027-01-01T10:00:00+00:00"]}, "not one of the available choices"),
        ({"closes_on": ""}, "Choose the last day for answers."),
        ({"closes_on": f"{YEAR}-12-31"}, "Close the poll before the first date."),
    ):
        answer = client.post(here, where(do="ask", **({"dates": dates} | wrong)))
        assert answer.status_code == 422 and sentence in answer.content.decode(), wrong
    assert not Poll.objects.filter(learning_set=three.learning_set).exists()


def test_a_reader_elsewhere_sees_both_times(three: Gathered, client: Client) -> None:
    words = page(client, url(three) + rhythm(zone="Asia/Kathmandu", count=1, days=[1]))
    assert "10:00 (Kathmandu time)" in words and "For you:" in words and "05:15" in words


def test_where_nothing_fits_it_says_so(three: Gathered, client: Client) -> None:
    three.learning_set.closes_at = days_on(TODAY, 30)
    three.learning_set.save()
    words = page(client, url(three) + rhythm())
    assert "None fits before your set closes." in words


def test_many_meetings_take_as_many_queries_as_one(three: Gathered, client: Client) -> None:
    assert "<legend>The meeting</legend>" in page(client, url(three) + rhythm(count=1))
    one = queries(client, url(three) + rhythm(count=1))
    assert one == queries(client, url(three) + rhythm(count=12))


def series_poll(three: Gathered, **changed: Any) -> Poll:
    first, second = ([days_on(TODAY, days + more) for more in (0, 2)] for days in (20, 62))
    return opened(three.seat(0), at=TODAY, dates=tuple(first), later=(tuple(second),), **changed)


def test_the_poll_of_a_series_is_answered_and_settled_meeting_by_meeting(three: Gathered) -> None:
    poll = series_poll(three)
    rows = list(poll.dates.order_by("starts_at"))
    answers = {rows[1].id: "yes", rows[2].id: "if need be"}
    polling.answer(three.seat(1), poll, given=answers, at=TODAY)
    mine = signed_in(three.people[0])
    words = page(mine, f"/polls/{poll.id}/")
    assert words.count("First of the series") == 2 == words.count("Second of the series")
    best = [rows[1].id, rows[2].id]
    assert re.findall(r'name="date:\d" value="([^"]*)" checked', words) == [str(i) for i in best]
    chosen = {f"date:{number}": str(row) for number, row in enumerate(best, 1)}
    chosen["place"] = str(poll.places.get().id)
    settle = f"/polls/{poll.id}/settlement/"
    answer = mine.post(settle, chosen | {"date:9": str(rows[0].id)}, follow=True)
    assert "Choose one date for each meeting." in answer.content.decode()
    answer = mine.post(settle, chosen, follow=True)
    assert "Two meetings are fixed" in answer.content.decode()
    found = Meeting.objects.filter(learning_set=three.learning_set).order_by("starts_at")
    assert [each.starts_at for each in found] == [rows[1].starts_at, rows[2].starts_at]
    again = mine.post(settle, {"date:1": str(rows[0].id)}, follow=True)
    assert "settled or called off already" in again.content.decode()
    assert mine.post(settle, {"date:1": "no-id"}).status_code == 404
    words = page(mine, f"/polls/{poll.id}/")
    assert all(f'<a href="/meetings/{each.id}/">' in words for each in found)


def test_a_series_that_settles_itself_leads_to_all_of_its_meetings(three: Gathered) -> None:
    poll = series_poll(three, settles_itself=True)
    given = {row.id: "yes" for row in poll.dates.all()}
    for number in (1, 2):
        polling.answer(three.seat(number), poll, given=given, at=TODAY)
    last = {f"answer:{row}": said for row, said in given.items()}
    answer = signed_in(three.people[0]).post(f"/polls/{poll.id}/", last, follow=True)
    assert answer.redirect_chain[-1][0] == f"/sets/{three.learning_set.id}/"
    assert "Everyone has said yes, so two meetings are fixed." in answer.content.decode()


def test_whoever_may_not_settle_sees_no_controls(company: Cast) -> None:
    first, second = ([days_on(TODAY, days + more) for more in (0, 2)] for days in (20, 62))
    facilitator = company.seat("facilitator")
    poll = opened(facilitator, at=TODAY, dates=tuple(first), later=(tuple(second),))
    words = page(signed_in(company.people["member"]), f"/polls/{poll.id}/")
    assert "How it stands" in words and 'name="date:' not in words
    assert "Second of the series" in words
