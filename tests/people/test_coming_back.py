"""After signing in a person is back at a page, never at another site or a form's address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from setwise.people.models import Person
from tests.people.posting import CONFIRM, ask, code_for

pytestmark = pytest.mark.django_db
POST_ONLY = "/account/sessions/end-others/"
HERE = "http://testserver"


def next_of(location: str) -> str:
    parts = urlsplit(location)
    assert parts.path == "/accounts/login/"
    return parse_qs(parts.query)["next"][0]


def test_a_page_is_opened_again_with_its_query(client: Client) -> None:
    answer = client.get("/account/?from=mail")
    assert next_of(answer.headers["Location"]) == "/account/?from=mail"


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        (f"{HERE}/account/sessions/?a=1#top", "/account/sessions/?a=1"),
        ("", "/"),
        ("https://elsewhere.example/account/", "/"),
        (f"{HERE}//elsewhere.example/", "/"),
        (f"{HERE}\\@elsewhere.example/", "/"),
        (f"{HERE}:99999/account/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[", "/"),
    ],
)
def test_a_form_sent_too_late_leads_back_to_its_page(
    client: Client, referer: str, page: str
) -> None:
    answer = client.post(POST_ONLY, headers={"referer": referer} if referer else {})
    assert next_of(answer.headers["Location"]) == page


def test_the_page_is_there_after_signing_in(client: Client, amara: Person) -> None:
    late = client.post(POST_ONLY, headers={"referer": f"{HERE}/account/sessions/"})
    where = next_of(late.headers["Location"])
    ask(client, amara.email, next_page=where)
    answer = client.post(CONFIRM, {"code": code_for(amara.email), "next": where}, follow=True)
    assert answer.redirect_chain == [("/account/sessions/", 302)]
    assert answer.status_code == 200


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_signing_in_leads_to_no_other_site(client: Client, amara: Person, where: str) -> None:
    ask(client, amara.email, next_page=where)
    answer = client.post(CONFIRM, {"code": code_for(amara.email), "next": where})
    assert answer.headers["Location"] == "/"
