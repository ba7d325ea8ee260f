"""A letter that came back is believed where it is a letter of ours, to that address."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from setwise.outbox.models import Letter
from setwise.outbox.posting import post
from setwise.people.models import Person
from setwise.sets import inviting
from tests.actions.company import browser
from tests.mailin.samples import OUR_LETTER, sample
from tests.mailin.sending import arrive, arrive_as, counted
from tests.sets.gathering import Gathered, gather

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def amara() -> Person:
    """Whom the samples are about. A letter went to her."""
    person = Person.objects.create_user("amara@trust.example", "Amara")
    post(key="k", to=person, template="people/email/code", context={"code": "1"})
    return person


@pytest.fixture
def three() -> Gathered:
    return gather(3)


def letter() -> str:
    return str(Letter.objects.get(name="k").pk)


@pytest.mark.parametrize(
    ("name", "comes_back", "no_mailbox"),
    [
        ("postfix-no-such-mailbox", True, True),
        ("exchange-no-such-mailbox", True, True),
        ("gmail-full-mailbox", True, False),
        ("taken-for-spam", True, False),
        ("gmail-later", False, False),
    ],
)
def test_a_letter_that_came_back_marks_its_address(
    amara: Person, name: str, comes_back: bool, no_mailbox: bool
) -> None:
    assert arrive_as(name, letter=letter(), at=NOW) == "bounce"
    amara.refresh_from_db()
    assert (amara.mail_comes_back, amara.has_no_mailbox) == (comes_back, no_mailbox)
    assert Letter.objects.count() == 1  # nothing is answered


def test_an_invitation_that_came_back_is_told_to_whoever_invited(three: Gathered) -> None:
    """No account has that address: somebody mistyped it, most likely."""
    address = "amara@trust.example"  # whom the sample is about
    (row,) = inviting.invite(three.seat(0), emails=[address], as_facilitator=False, at=NOW)
    number = str(Letter.objects.get(to_email=address).pk)
    page = browser(three.people[1])
    url = reverse("sets:people", args=[three.learning_set.pk])
    said = "the e-mail came back: is the address right?"
    assert said not in page.get(url).content.decode()
    assert arrive_as("postfix-no-such-mailbox", letter=number, at=NOW) == "bounce"
    assert said in page.get(url).content.decode()
    inviting.send_again(three.seat(0), row, at=NOW)  # it is right after all
    assert said not in page.get(url).content.decode()


@pytest.mark.parametrize("forged", [OUR_LETTER, "00000000-0000-4000-8000-000000000000"])
def test_a_report_about_no_letter_of_ours_marks_nobody(amara: Person, forged: str) -> None:
    assert arrive_as("postfix-no-such-mailbox", letter=forged, at=NOW) == "automatic"
    amara.refresh_from_db()
    assert not amara.mail_comes_back


def test_a_report_may_name_what_no_database_takes(amara: Person) -> None:
    report = sample("postfix-no-such-mailbox", letter=letter())
    assert arrive(report.replace(b"rfc822; amara", b"rfc822; \0amara"), at=NOW) == "bounce"


def test_a_report_about_somebody_elses_letter_marks_nobody(amara: Person) -> None:
    """Whoever got a letter of their own knows its number, and no other's."""
    other = Person.objects.create_user("mallory@trust.example", "Mallory")
    post(key="m", to=other, template="people/email/code", context={"code": "1"})
    number = str(Letter.objects.get(name="m").pk)
    assert arrive_as("postfix-no-such-mailbox", letter=number, at=NOW) == "automatic"
    assert not Person.objects.exclude(returned_address="").exists()


def test_a_letter_from_long_ago_says_nothing_about_today(amara: Person) -> None:
    Letter.objects.filter(pk=UUID(letter())).update(posted_at=NOW - timedelta(days=31))
    assert arrive_as("gmail-full-mailbox", letter=letter(), at=NOW) == "automatic"
    assert counted() == {"automatic": 1}
