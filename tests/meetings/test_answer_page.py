"""Saying yes or apologies by a link, without signing in: what it does, and what it never does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setwise.meetings import answering_links, scheduling
from setwise.meetings.models import Meeting, Reply
from setwise.people import linking
from setwise.people.models import Link, Person
from setwise.sets.models import Membership
from tests.cast import Cast
from tests.meetings.planning import plan

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def member(company: Cast) -> Person:
    return company.people["member"]


@pytest.fixture
def url(meeting: Meeting, member: Person) -> str:
    return path(meeting, member)


def path(meeting: Meeting, person: Person) -> str:
    return "/" + answering_links.url(meeting, person, at=timezone.now()).split("/", 3)[3]


@pytest.fixture
def meeting(company: Cast) -> Meeting:
    soon = plan(starts_at=timezone.now() + timedelta(days=3))
    return scheduling.fix(company.seat("facilitator"), plan=soon, at=timezone.now())


def said(meeting: Meeting) -> dict[str, str]:
    rows = Reply.objects.filter(meeting=meeting).exclude(person=meeting.arranged_by)
    return {reply.person.email: reply.answer for reply in rows.select_related("person")}


def test_opening_changes_nothing_and_a_press_answers(
    url: str, meeting: Meeting, member: Person
) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(url)
    assert browser.head(url).status_code == page.status_code == 200
    assert said(meeting) == {}
    csrf = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post(url, {"answer": "yes"}).status_code == 403  # no other site answers for them
    answer = browser.post(url, {"answer": "yes"} | csrf)
    assert (answer.status_code, answer.headers["Location"]) == (302, url)
    assert said(meeting) == {member.email: "yes"}
    assert "Noted: you are coming." in browser.get(url).content.decode()
    browser.post(url, {"answer": "apologies"} | csrf)  # the same link, and another mind
    assert said(meeting) == {member.email: "apologies"}
    assert "_auth_user_id" not in browser.session  # nobody was signed in by it


def test_the_page_tells_when_and_where_and_names_nobody_else(
    client: Client, url: str, meeting: Meeting, member: Person, company: Cast
) -> None:
    member.zone = "Asia/Kathmandu"
    member.save()
    text = client.get(url).content.decode()
    assert "Kathmandu time" in text and "At the place" in text and "Seminar room 2" in text
    assert meeting.link not in text
    others = [each for each in company.people.values() if each != member]
    assert not [each for each in others if each.name in text or each.email in text]
    assert member.email not in text
    assert f"/meetings/{meeting.pk}/" not in text


def test_an_answer_that_is_none_is_asked_again(client: Client, url: str, meeting: Meeting) -> None:
    for given in ({}, {"answer": "maybe"}):
        answer = client.post(url, given)
        assert answer.status_code == 422
        assert "Choose yes or apologies." in answer.content.decode()
    assert said(meeting) == {}


@pytest.mark.parametrize(
    "why",
    [
        *("altered", "new one", "other purpose", "other meeting", "cancelled", "over"),
        *("left", "suspended", "erased", "closed account"),
    ],
)
def test_a_link_dies_with_its_purpose_and_its_person_s_seat(
    client: Client, url: str, meeting: Meeting, member: Person, company: Cast, why: str
) -> None:
    assert client.get(url).status_code == 200
    at, seats = timezone.now(), Membership.objects.filter(person=member)
    match why:
        case "altered":
            url = url[:-4] + "aaa/"
        case "new one":
            path(meeting, member)
        case "other purpose":
            about = {"person": member, "about": meeting.pk, "at": at, "dies_at": meeting.ends_at}
            token = linking.renew("reply-meeting", **about)  # type: ignore[arg-type]
            url = reverse("meetings:answer", args=[token])
        case "other meeting":
            Link.objects.update(about=company.people["member"].pk)
        case "cancelled":
            scheduling.cancel(company.seat("facilitator"), meeting, at=at)
        case "over":
            begun = at - timedelta(hours=2)
            Meeting.objects.filter(pk=meeting.pk).update(starts_at=begun, ends_at=at)
        case "left":
            seats.update(left_at=at)
        case "suspended":
            seats.update(suspended_at=at)
        case "erased":
            Person.objects.filter(pk=member.pk).delete()
        case _:
            Person.objects.filter(pk=member.pk).update(is_active=False)
    for answer in (client.get(url), client.post(url, {"answer": "yes"})):
        assert answer.status_code == 404
        text = answer.content.decode()
        assert "This link opens nothing now" in text
        assert member.first_name not in text and company.learning_set.name not in text
    assert said(meeting) == {}


def test_forwarded_to_somebody_signed_in_it_answers_for_nobody(
    client: Client, url: str, meeting: Meeting, member: Person, company: Cast
) -> None:
    client.force_login(company.people["presenter"], backend=BACKEND)
    text = client.get(url).content.decode()
    assert f"This link is for {member.first_name}" in text and "Seminar room 2" not in text
    assert client.post(url, {"answer": "apologies"}).status_code == 403
    assert said(meeting) == {}
    client.force_login(member, backend=BACKEND)
    assert client.post(url, {"answer": "apologies"}).status_code == 302
    assert said(meeting) == {member.email: "apologies"}


def test_it_opens_no_other_page(client: Client, url: str, meeting: Meeting, company: Cast) -> None:
    client.get(url)
    client.post(url, {"answer": "yes"})
    for name, pk in (("meetings:meeting", meeting.pk), ("today:set", company.learning_set.pk)):
        sent_to = client.get(reverse(name, args=[pk])).headers["Location"]
        assert sent_to.startswith("/accounts/login/")
