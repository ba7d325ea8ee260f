"""Choosing one's reminders: signed in, from the foot of an e-mail, and by a mail program's press."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setwise.people import linking, reminding
from setwise.people.models import Link, Person, ReminderChoice
from tests.together import holding, together

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
WEEKLY = {"manner": "weekly", "hour": "18", "weekday": "4", "poll": "on", "meeting_day": "on"}


@pytest.fixture
def token(amara: Person) -> str:
    at = timezone.now()
    return linking.keep("reminders", person=amara, about=amara.pk, at=at, dies_at=None)


def chosen(person: Person) -> reminding.Choices:
    return reminding.choices_of([person])[person.pk]


def stop(token: str, kind: str = "poll") -> str:
    return reverse("people:stop-reminder", args=[token, kind])


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_each_chooses_on_one_page_signed_in(client: Client, amara: Person) -> None:
    client.force_login(amara, backend=BACKEND)
    assert reverse("people:reminders") in client.get(reverse("people:account")).content.decode()
    assert client.post(reverse("people:reminders"), WEEKLY).status_code == 302
    on = frozenset({"poll", "meeting_day"})
    assert chosen(amara) == reminding.Choices(on, "weekly", weekday=4, hour=18)
    assert "None comes between nine" in client.get(reverse("people:reminders")).content.decode()


def test_and_by_the_link_at_the_foot_without_signing_in(
    client: Client, amara: Person, token: str
) -> None:
    url = reverse("people:reminders-by-link", args=[token])
    page = client.get(url)
    assert "Amara gets" in page.content.decode() and "Istanbul time" in page.content.decode()
    assert "amara@" not in page.content.decode() and "Okafor" not in page.content.decode()
    assert not ReminderChoice.objects.exists()  # opening changes nothing
    assert client.post(url, WEEKLY).headers["Location"] == url
    assert chosen(amara).digest


@pytest.mark.parametrize(
    "wrong", [{"hour": "23"}, {"hour": "x"}, {"weekday": "7"}, {"manner": "hourly"}, {"manner": ""}]
)
def test_a_refused_form_keeps_what_was_chosen(
    client: Client, amara: Person, token: str, wrong: dict[str, str]
) -> None:
    answer = client.post(reverse("people:reminders-by-link", args=[token]), WEEKLY | wrong)
    assert answer.status_code == 422
    assert (
        answer.context["form"]["poll"].value() and not answer.context["form"]["action_due"].value()
    )
    assert not ReminderChoice.objects.exists()


@pytest.mark.parametrize("kind", [*reminding.KINDS, reminding.DIGEST])
def test_a_mail_program_stops_a_kind_at_one_press(amara: Person, token: str, kind: str) -> None:
    answer = strict().post(stop(token, kind), ONE_CLICK)
    assert (answer.status_code, answer.headers.get("Location")) == (
        200,
        None,
    )  # RFC 8058: no redirect
    assert not chosen(amara).wants(kind)
    assert strict().post(stop(token, kind), ONE_CLICK).status_code == 200  # again is the same


def test_opening_that_address_stops_nothing_and_shows_a_button(
    client: Client, amara: Person, token: str
) -> None:
    page = client.get(stop(token))
    assert client.head(stop(token)).status_code == 200
    assert "Stop this kind" in page.content.decode() and "dates that wait" in page.content.decode()
    assert chosen(amara) == reminding.Choices()
    assert client.post(stop(token)).headers["Location"] == reverse(
        "people:reminders-by-link", args=[token]
    )
    assert not chosen(amara).wants("poll")


def test_choosing_on_the_page_that_offers_to_stop_is_choosing(
    client: Client, amara: Person, token: str
) -> None:
    page = client.get(stop(token)).content.decode()
    assert f'action="{reverse("people:reminders-by-link", args=[token])}"' in page


@pytest.mark.parametrize("wrong", ["altered", "kind", "purpose", "erased"])
def test_a_link_that_opens_nothing_stops_nothing(amara: Person, token: str, wrong: str) -> None:
    url = stop(token)
    match wrong:
        case "altered":
            url = stop(token[:-2] + "aa")
        case "kind":
            url = stop(token, "invitation")
        case "purpose":
            Link.objects.update(purpose="calendar")
        case _:
            Person.objects.update(is_active=False)
    for answer in (strict().post(url, ONE_CLICK), strict().get(url)):
        assert answer.status_code == 404
        assert "This link opens nothing now" in answer.content.decode()
    assert chosen(amara) == reminding.Choices()


def test_whoever_is_signed_in_as_somebody_else_sees_no_choices(
    client: Client, amara: Person, token: str, db: Any
) -> None:
    tomasz = Person.objects.create_user("tomasz@setwise.example", "Tomasz")
    client.force_login(tomasz, backend=BACKEND)
    for url in (stop(token), reverse("people:reminders-by-link", args=[token])):
        said = client.get(url).content.decode()
        assert "This link is for Amara" in said and "Remind me of" not in said
    assert client.post(url, WEEKLY).status_code == 403
    assert chosen(amara) == chosen(tomasz) == reminding.Choices()


@pytest.mark.django_db(transaction=True)
def test_of_two_first_choices_at_once_both_are_taken() -> None:
    person = Person.objects.create_user("gwen@setwise.example", "Gwen")
    both = threading.Barrier(2)

    def press() -> None:
        client = Client()
        client.force_login(person, backend=BACKEND)
        with holding(both, before='INSERT INTO "people_reminderchoice"'):
            client.post(reverse("people:reminders"), WEEKLY)

    assert together(press, press) == ["done", "done"]
    assert chosen(person).digest
