"""The private address from which a calendar reads somebody's meetings."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from setwise.meetings import calendar, replying, scheduling, subscription
from setwise.meetings.models import CalendarFeed, Meeting
from setwise.people import linking
from setwise.people.models import Person
from setwise.sets import seating
from tests.cast import Cast
from tests.meetings.inviting import event, read
from tests.meetings.planning import plan
from tests.sets.gathering import Gathered
from tests.sets.visiting import page, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = timezone.now()
SOON = NOW + timedelta(days=20)
ACCOUNT = "/account/calendar/"


@pytest.fixture(autouse=True)
def fresh_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscription, "limit", subscription.Limit())


@pytest.fixture
def fixed(three: Gathered) -> Meeting:
    return scheduling.fix(three.seat(0), plan=plan(starts_at=SOON), at=NOW)


def path(person: Person) -> str:
    """The address of their feed, made if there is none."""
    url = subscription.address(person, at=NOW) or subscription.renew(person, at=NOW)
    return url.removeprefix("http://localhost:8000")


def shown(person: Person) -> dict[str, str]:
    """By the meeting's name in the calendar, whether it takes place."""
    file = read(Client().get(path(person)).content)
    return {each.uid.value: each.status.value for each in file.contents.get("vevent", [])}


def test_it_shows_the_coming_and_recent_meetings_of_my_sets(
    three: Gathered, fixed: Meeting, company: Cast
) -> None:
    me, stranger = three.people[1], company.people["late joiner"]
    over = scheduling.fix(
        three.seat(0), plan=plan(starts_at=NOW - timedelta(days=10)), at=NOW, quietly=True
    )
    scheduling.fix(
        three.seat(0), plan=plan(starts_at=NOW - timedelta(days=40)), at=NOW, quietly=True
    )
    expected = {calendar.uid(each): "CONFIRMED" for each in (over, fixed)}
    assert shown(me) == expected
    assert shown(stranger) and not expected.keys() & shown(stranger).keys()


def test_it_is_a_calendar_that_says_how_to_read_it(three: Gathered, fixed: Meeting) -> None:
    response = Client().get(path(three.people[1]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "no-referrer" and not response.cookies
    text = response.content.decode()
    for line in ("METHOD:PUBLISH", "NAME:Setwise", "X-WR-CALNAME:Setwise", "X-PUBLISHED-TTL:PT1H"):
        assert f"\r\n{line}\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert not any(word in text for each in three.people for word in (each.name, each.email))


def test_a_cancelled_meeting_is_told_as_such_for_a_month(three: Gathered, fixed: Meeting) -> None:
    scheduling.cancel(three.seat(0), fixed, at=NOW)
    assert shown(three.people[1]) == {calendar.uid(fixed): "CANCELLED"}
    Meeting.objects.update(cancelled_at=NOW - timedelta(days=31))
    assert shown(three.people[1]) == {}


def test_apologies_leave_the_time_free(three: Gathered, fixed: Meeting) -> None:
    replying.reply(three.seat(1), fixed, answer="apologies", at=NOW)
    free = [event(Client().get(path(person)).content).transp.value for person in three.people[:2]]
    assert free == ["OPAQUE", "TRANSPARENT"]


def test_it_dies_with_belonging_and_with_the_account(three: Gathered, fixed: Meeting) -> None:
    me = three.people[2]
    url = path(me)
    assert len(shown(me)) == 1
    three.learning_set.memberships.filter(person=me).update(suspended_at=NOW)
    assert shown(me) == {}
    three.learning_set.memberships.filter(person=me).update(suspended_at=None)
    assert len(shown(me)) == 1
    seating.leave(three.seat(2), at=timezone.now())
    assert shown(me) == {}
    Person.objects.filter(pk=me.pk).update(is_active=False)
    assert Client().get(url).status_code == 404


def test_a_client_that_knows_it_is_told_that_nothing_changed(
    three: Gathered, fixed: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, client = path(three.people[1]), Client()
    first = client.get(url)
    known = {
        "If-None-Match": first["ETag"],
        "If-Modified-Since": first["Last-Modified"],
    }
    for name, value in known.items():
        again = client.get(url, headers={name: value})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert again["Last-Modified"] == first["Last-Modified"]
    scheduling.move(three.seat(0), fixed, plan=plan(starts_at=SOON, place="B"), at=NOW)
    later = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    for name, value in known.items():
        answer = client.get(url, headers={name: value})
        assert answer.status_code == 200 and b"LOCATION:B\r\n" in answer.content
        assert answer["ETag"] != first["ETag"]
        assert answer["Last-Modified"] == http_date(later.timestamp())
    assert client.head(url).status_code == 200


def test_looking_again_writes_nothing_and_costs_the_same(
    three: Gathered, fixed: Meeting, django_assert_num_queries: Any
) -> None:
    url, client = path(three.people[1]), Client()
    client.get(url)
    for days in range(1, 5):
        scheduling.fix(three.seat(0), plan=plan(starts_at=SOON + timedelta(days=days)), at=NOW)
    client.get(url)
    with django_assert_num_queries(4):
        assert client.get(url).content.count(b"BEGIN:VEVENT") == 5


def test_an_altered_address_or_one_for_something_else_opens_nothing(
    three: Gathered, fixed: Meeting
) -> None:
    url, me = path(three.people[1]), three.people[1]
    other = linking.keep("reminders", person=me, about=me.pk, at=NOW, dies_at=None)
    for wrong in (url.replace(".ics", "a.ics"), url[:20] + ".ics", f"/calendar/{other}.ics"):
        answer = Client().get(wrong)
        assert answer.status_code == 404
        assert three.learning_set.name not in answer.content.decode()
    assert Client().post(url).status_code == 405
    assert Client().get(url.upper().replace("/CALENDAR/", "/calendar/").replace("ICS", "ics"))


def test_too_many_looks_are_refused_for_a_minute(
    three: Gathered, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, other, clock = path(three.people[1]), path(three.people[0]), time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    codes = [Client().get(url).status_code for _ in range(subscription.LOOKS + 1)]
    assert codes == [200] * subscription.LOOKS + [429]
    assert Client().get(url)["Retry-After"] == "60"
    assert Client().get(other).status_code == 200
    clock += 60
    assert Client().get(url).status_code == 200


def test_the_page_makes_an_address_a_new_one_and_none(three: Gathered, fixed: Meeting) -> None:
    me = three.people[1]
    client = signed_in(me)
    assert "Make my address" in page(client, ACCOUNT) and not subscription.address(me, at=NOW)
    told(client, ACCOUNT, do="renew")
    first = path(me)
    shows = page(client, ACCOUNT)
    assert f'value="http://localhost:8000{first}"' in shows
    assert f'href="webcal://localhost:8000{first}"' in shows
    assert Client().get(first).status_code == 200 and CalendarFeed.objects.count() == 1
    said = told(client, ACCOUNT, do="renew")
    assert said == ["This is your address. Any other you had works no more."]
    second = path(me)
    assert second != first and Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert told(client, ACCOUNT, do="what") == ["Nothing was changed."] and path(me) == second
    told(client, ACCOUNT, do="stop")
    assert Client().get(second).status_code == 404 and CalendarFeed.objects.count() == 0
    assert "Make my address" in page(client, ACCOUNT)


def test_one_meeting_is_a_file_for_whoever_may_see_it(
    three: Gathered, fixed: Meeting, company: Cast
) -> None:
    url = f"/meetings/{fixed.id}/calendar.ics"
    client = signed_in(three.people[1])
    assert f'href="{url}"' in page(client, f"/meetings/{fixed.id}/")
    answer = client.get(url)
    assert answer["Content-Disposition"] == 'attachment; filename="meeting.ics"'
    assert event(answer.content).uid.value == calendar.uid(fixed)
    assert "X-WR-CALNAME" not in answer.content.decode()
    assert signed_in(company.people["member"]).get(url).status_code == 404
    scheduling.cancel(three.seat(0), fixed, at=datetime.now(tz=NOW.tzinfo))
    assert url not in page(client, f"/meetings/{fixed.id}/")
