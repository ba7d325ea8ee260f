"""The pages that links open: signed out, signed in as oneself, and as somebody else."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from setwise.people import linking
from setwise.people.by_link import by_link
from setwise.people.models import Link, Person

pytestmark = pytest.mark.django_db


@by_link("meeting")
def page(request: HttpRequest, link: Link, gone: bool = False) -> HttpResponse:
    if gone:
        raise Http404
    return HttpResponse(f"{link.person.email} {timezone.get_current_timezone_name()}")


def asked(rf: RequestFactory, token: str, user: Any, **more: Any) -> HttpResponse:
    request = rf.post("/x/") if more.pop("post", False) else rf.get("/x/")
    request.user = user
    return page(request, token, **more)


class Nobody:
    is_authenticated = False


@pytest.fixture
def token(amara: Person) -> str:
    at = timezone.now()
    return linking.renew(
        "meeting", person=amara, about=uuid.uuid4(), at=at, dies_at=at + timedelta(days=1)
    )


def test_it_opens_for_whoever_holds_it_signed_out_and_for_its_person(
    rf: RequestFactory, token: str, amara: Person
) -> None:
    for user in (Nobody(), amara):
        answer = asked(rf, token, user)
        assert answer.status_code == 200
        assert answer.content.decode() == "amara@setwise.example Europe/Istanbul"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_somebody_else_who_is_signed_in_learns_a_first_name_and_no_more(
    rf: RequestFactory, token: str
) -> None:
    tomasz = Person.objects.create_user("tomasz@setwise.example", "Tomasz Nowak")
    for post, status in ((False, 200), (True, 403)):
        answer = asked(rf, token, tomasz, post=post)
        said = answer.content.decode()
        assert answer.status_code == status
        assert "This link is for Amara" in said and "Tomasz is signed in" in said
        assert "Okafor" not in said and "amara@" not in said
        assert "no-store" in answer.headers["Cache-Control"]


def test_all_that_opens_nothing_looks_alike(rf: RequestFactory, token: str, amara: Person) -> None:
    altered = asked(rf, token[:-2] + "aa", Nobody())
    gone = asked(rf, token, Nobody(), gone=True)
    Link.objects.update(dies_at=timezone.now())
    over = asked(rf, token, Nobody())
    assert altered.content == gone.content == over.content
    assert [each.status_code for each in (altered, gone, over)] == [404, 404, 404]
    assert "This link opens nothing now" in gone.content.decode()
    assert "Amara" not in gone.content.decode()
    assert "no-store" in over.headers["Cache-Control"]
