"""A guide offered: one person sees it, and nobody is told what they did with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setwise.coaching.guides import guides
from setwise.people.models import Person
from setwise.project import worker
from setwise.sets import offering_guides
from setwise.sets.models import GuideOffer
from tests.cast import Cast, cast

pytestmark = pytest.mark.once

OFFERED = "thought this short guide might be of use"


@pytest.fixture
def company(db: None) -> Cast:
    return cast()


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def today(person: Person) -> str:
    return browser(person).get(reverse("today:today")).content.decode()


def offer(company: Cast, role: str = "member", guide: str = "listening") -> None:
    to = company.people[role].pk
    offering_guides.offer(company.seat("facilitator"), to=to, guide=guide, at=timezone.now())


def test_only_the_person_sees_it_until_they_put_it_away(company: Cast) -> None:
    offer(company)
    offer(company)  # offered twice, it is once
    row = GuideOffer.objects.get()
    member = company.people["member"]
    assert today(member).count(OFFERED) == 1
    for role in ("facilitator", "presenter", "apologies", "other set"):
        assert OFFERED not in today(company.people[role])
    read = browser(member).get(reverse("sets:guide", args=["listening"])).content.decode()
    assert guides()["listening"].lede in read and "Put it away" in read
    assert OFFERED in today(member)  # reading takes nothing away
    url = reverse("sets:put-away", args=[row.pk])
    assert browser(company.people["presenter"]).post(url).status_code == 404
    assert browser(member).post(url).status_code == 302
    assert OFFERED not in today(member)
    assert GuideOffer.objects.count() == 0


def test_the_facilitators_page_is_the_same_whatever_became_of_it(company: Cast) -> None:
    url = reverse("room:facilitating", args=[company.learning_set.pk])
    ruth = browser(company.people["facilitator"])

    def options() -> str:
        html = ruth.get(url).content.decode()
        return html[html.index("To whom?") : html.index("Offer it")]

    before = options()
    offer(company)
    assert options() == before
    GuideOffer.objects.all().delete()
    assert options() == before


def test_only_the_facilitator_offers_and_only_to_the_set(company: Cast) -> None:
    at = timezone.now()
    with pytest.raises(PermissionDenied):
        offering_guides.offer(
            company.seat("member"), to=company.people["presenter"].pk, guide="listening", at=at
        )
    for role in ("former", "suspended", "stranger", "facilitator"):
        with pytest.raises(offering_guides.NobodyHere):
            offer(company, role)
    with pytest.raises(offering_guides.NobodyHere):
        offer(company, guide="nothing")
    assert GuideOffer.objects.count() == 0


def test_it_goes_with_the_seat_and_in_time(company: Cast) -> None:
    offer(company)
    member = company.people["member"]
    row = company.membership("member")
    row.suspended_at = timezone.now()
    row.save()
    assert offering_guides.offered_to(member, at=timezone.now()) == []
    row.suspended_at = None
    row.save()
    later = timezone.now() + offering_guides.LIFE
    assert len(offering_guides.offered_to(member, at=timezone.now())) == 1
    assert offering_guides.offered_to(member, at=later + timedelta(minutes=1)) == []
    GuideOffer.objects.update(at=timezone.now() - offering_guides.LIFE)
    worker.work_seldom()
    assert GuideOffer.objects.count() == 0


def test_today_asks_the_same_whatever_is_offered(company: Cast) -> None:
    client = browser(company.people["member"])
    url = reverse("today:today")
    client.get(url)
    with CaptureQueriesContext(connection) as none:
        client.get(url)
    for guide in list(guides())[:3]:
        offer(company, guide=guide)
    with CaptureQueriesContext(connection) as three:
        assert client.get(url).content.decode().count(OFFERED) == 3
    assert len(three) == len(none)


def test_the_playbook_reads_whole_and_a_guide_that_is_none_is_not_found(company: Cast) -> None:
    client = browser(company.people["member"])
    html = client.get(reverse("sets:playbook")).content.decode()
    assert html.count('id="card-') == html.count('href="#card-') == 9
    assert client.get(reverse("sets:guide", args=["nothing"])).status_code == 404
