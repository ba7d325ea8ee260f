"""Fixing, moving and cancelling on their pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from setwise.meetings.models import Meeting
from tests.cast import Cast
from tests.meetings.planning import typed
from tests.sets.doors import SEATED
from tests.sets.gathering import gather
from tests.sets.mailbox import mail, received
from tests.sets.visiting import beside, page, signed_in, told

pytestmark = pytest.mark.once


def fix_url(company: Cast) -> str:
    return f"/sets/{company.learning_set.id}/meetings/new/"


def clocks_go_forward() -> date:
    """The next last Sunday of March, when British clocks skip an hour."""
    today = timezone.now().date()
    for year in (today.year, today.year + 1):
        end = date(year, 3, 31)
        sunday = end - timedelta(days=(end.weekday() + 1) % 7)
        if sunday > today:
            return sunday
    raise AssertionError


def test_a_meeting_is_fixed_and_everyone_told(company: Cast) -> None:
    client, body = signed_in(company.people["member"]), typed(zone="Asia/Kathmandu", time="19:45")
    said = told(client, fix_url(company), **body)
    assert said == ["The meeting is fixed. Everyone is told by e-mail."]
    row = Meeting.objects.get(arranged_by=company.people["member"])
    assert f"{row.starts_at:%Y-%m-%d %H:%M}" == f"{body['date']} 14:00"
    assert (row.zone, row.minutes, row.title) == ("Asia/Kathmandu", 90, "Third meeting")
    assert (row.place, row.link) == ("Seminar room 2", "https://meet.example/our-set")
    assert set(received("fixed").values()) == {1} and len(mail()) == 8


def test_the_form_starts_with_my_zone_and_the_agreed_length(company: Cast) -> None:
    alone = gather(1)
    shown = []
    for person, given in (
        (company.people["late joiner"], company),
        (alone.people[0], alone),
    ):
        url = f"/sets/{given.learning_set.id}/meetings/new/"
        form = signed_in(person).get(url).context["form"]
        shown.append((form["zone"].value(), form["minutes"].value()))
    assert shown == [("Europe/London", 120)] * 2  # the place of the last meeting; my own


@pytest.mark.parametrize("page_name", ["fix", "move"])
def test_what_is_refused_says_why_beside_each_field_and_all_that_was_typed_is_kept(
    company: Cast, page_name: str
) -> None:
    move_url = f"/meetings/{company.meeting.id}/date/"
    url = fix_url(company) if page_name == "fix" else move_url
    wrong = {
        "date": ("30/02/2027", "Write a date such as"),
        "time": ("noon", "Write a time such as"),
        "minutes": ("5", "Half an hour is the shortest"),
        "place": ("x" * 201, "at most 200 characters"),
        "link": ("our room", "Write a whole address"),
        "title": ("y" * 121, "at most 120 characters"),
    }
    body = typed(zone="Asia/Kathmandu") | {name: text for name, (text, _) in wrong.items()}
    answer = signed_in(company.people["facilitator"]).post(url, body)
    for name, (text, reason) in wrong.items():
        assert reason in beside(answer, name)
        assert f'value="{text}"' in answer.content.decode()
    assert '<option value="Asia/Kathmandu" selected' in answer.content.decode()
    assert (Meeting.objects.count(), mail()) == (2, [])


@pytest.mark.parametrize("page_name", ["fix", "move"])
def test_a_time_that_the_clocks_skip_is_refused_beside_it(company: Cast, page_name: str) -> None:
    move_url = f"/meetings/{company.meeting.id}/date/"
    url = fix_url(company) if page_name == "fix" else move_url
    client, day = signed_in(company.people["facilitator"]), clocks_go_forward().isoformat()
    answer = client.post(url, typed(date=day, time="01:30"))
    expected = "The clocks go forward then, so this time does not exist."
    assert beside(answer, "time") == expected
    assert 'value="01:30"' in answer.content.decode() and mail() == []
    assert client.post(url, typed(date=day, time="02:00")).status_code == 302


def test_moving_starts_from_how_it_stands_in_the_zone_of_the_place(company: Cast) -> None:
    client, meeting = signed_in(company.people["facilitator"]), company.meeting
    Meeting.objects.filter(pk=meeting.pk).update(zone="America/St_Johns")
    meeting.refresh_from_db()
    url = f"/meetings/{meeting.id}/date/"
    form = client.get(url).context["form"]
    assert [str(form[name].value())[:10] for name in ("date", "zone", "minutes")] == [
        *(f"{meeting.local_start:%Y-%m-%d}", "America/St", "120"),
    ]
    assert f'value="{meeting.local_start:%H:%M}"' in page(client, url)
    body = {field.html_name: field.value() for field in form}
    assert told(client, url, **body) == ["Changed. Everyone is told by e-mail."]
    meeting.refresh_from_db()
    assert (meeting.sequence, mail()) == (0, [])


def test_only_the_place_is_changed_and_the_answers_are_kept(company: Cast) -> None:
    client, meeting = signed_in(company.people["facilitator"]), company.meeting
    before = list(meeting.replies.order_by("id").values())
    url = f"/meetings/{meeting.id}/date/"
    body = {field.html_name: field.value() for field in client.get(url).context["form"]}
    client.post(url, body | {"place": "The café"})
    assert list(meeting.replies.order_by("id").values()) == before
    client.post(url, body | {"place": "The café", "minutes": "60"})
    assert meeting.replies.count() == 1 < len(before)
    assert set(received("moved").values()) == {2}


def test_the_page_before_cancelling_cancels_nothing(company: Cast) -> None:
    client, url = signed_in(company.people["facilitator"]), f"/meetings/{company.meeting.id}/"
    assert "Cancel the meeting?" in page(client, f"{url}cancellation/")
    company.meeting.refresh_from_db()
    assert (company.meeting.cancelled_at, mail()) == (None, [])
    for _ in range(2):
        told(client, f"{url}cancellation/")
    assert set(received("cancelled").values()) == {1}
    assert told(client, f"{url}date/", **typed()) == [
        "This meeting is over or was cancelled, so nothing was changed."
    ]
    assert received("moved") == {}


def test_who_may_not_change_it_is_told_so_and_who_is_outside_finds_nothing(company: Cast) -> None:
    url = f"/meetings/{company.meeting.id}/"
    changed = typed(place="Elsewhere")
    for role in company.people:
        if role == "facilitator":
            continue
        client, expected = signed_in(company.people[role]), 403 if role in SEATED else 404
        assert client.post(f"{url}date/", changed).status_code == expected, role
        assert client.post(f"{url}cancellation/").status_code == expected, role
    company.meeting.refresh_from_db()
    assert (company.meeting.place, company.meeting.cancelled_at, mail()) == (
        *(company.case["meeting"]["place"], None),
        [],
    )
    facilitator = signed_in(company.people["facilitator"])
    assert facilitator.post(f"{url}date/", changed).status_code == 302
    company.meeting.refresh_from_db()
    assert company.meeting.place == "Elsewhere"


def test_the_form_sent_twice_fixes_one_meeting(company: Cast) -> None:
    client = signed_in(company.people["member"])
    url, body = f"/sets/{company.learning_set.id}/meetings/new/", typed()
    for _ in range(2):
        client.post(url, body)
    assert Meeting.objects.filter(arranged_by=company.people["member"]).count() == 1
    assert set(received("fixed").values()) == {1}
