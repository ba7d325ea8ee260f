"""Where a person is signed in, and how that ends."""

from __future__ import annotations

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from setwise.people import browsers, signing_in
from setwise.people.models import Person
from tests.people.posting import is_signed_in

SESSIONS = "/account/sessions/"
MOZILLA, KIT = "Mozilla/5.0", "AppleWebKit/537.36 (KHTML, like Gecko)"
FIREFOX = f"{MOZILLA} (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    f"{MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)


def signed_in(person: Person, user_agent: str) -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post(signing_in.make_link(person, ""))
    assert is_signed_in(client)
    return client


def row_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


@pytest.mark.django_db
def test_each_session_is_told_by_its_browser_and_the_own_one_is_marked(amara: Person) -> None:
    signed_in(amara, IPHONE)
    here = signed_in(amara, FIREFOX)
    html = here.get(SESSIONS).content.decode()
    own, other = html.split("<li ")[1:]
    assert "Firefox on Windows" in own and "This one" in own and "<form" not in own
    assert "Safari on an iPhone" in other and "This one" not in other and "<form" in other
    assert MOZILLA not in html
    today = timezone.localtime(timezone=amara.tzinfo).strftime("%B %Y, ")
    assert own.count(today) == 2  # signed in, last seen


@pytest.mark.django_db
def test_a_session_that_is_ended_is_signed_out_and_the_own_one_is_not(amara: Person) -> None:
    phone, here = signed_in(amara, IPHONE), signed_in(amara, FIREFOX)
    answer = here.post(f"{SESSIONS}{row_of(phone).pk}/end/", follow=True)
    assert "Safari on an iPhone" not in answer.content.decode()
    assert not is_signed_in(phone)
    assert is_signed_in(here)


@pytest.mark.django_db
def test_all_other_sessions_end_at_once(amara: Person) -> None:
    phone, tablet, here = (signed_in(amara, agent) for agent in (IPHONE, "iPad", FIREFOX))
    here.post(f"{SESSIONS}end-others/")
    assert [is_signed_in(each) for each in (phone, tablet, here)] == [False, False, True]


@pytest.mark.django_db
def test_ending_the_own_session_is_signing_out(amara: Person) -> None:
    here = signed_in(amara, FIREFOX)
    # long unused, so that this very request also notes when it was last seen
    session = here.session
    session["seen_at"] = 0
    session.save()
    answer = here.post(f"{SESSIONS}{row_of(here).pk}/end/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/")
    assert not is_signed_in(here)


@pytest.mark.django_db
def test_nobody_ends_a_session_of_somebody_else(amara: Person) -> None:
    tomasz = Person.objects.create_user("tomasz@setwise.example", "Tomasz")
    theirs, here = signed_in(tomasz, IPHONE), signed_in(amara, FIREFOX)
    assert here.post(f"{SESSIONS}{row_of(theirs).pk}/end/").status_code == 404
    here.post(f"{SESSIONS}end-others/")
    assert is_signed_in(theirs)
    assert "Safari on an iPhone" not in here.get(SESSIONS).content.decode()


@pytest.mark.django_db
def test_sessions_end_by_a_form_only(amara: Person) -> None:
    phone, here = signed_in(amara, IPHONE), signed_in(amara, FIREFOX)
    for path in (f"{SESSIONS}{row_of(phone).pk}/end/", f"{SESSIONS}end-others/"):
        assert here.get(path).status_code == 405
    assert is_signed_in(phone)


@pytest.mark.django_db
def test_a_session_in_use_is_noted_every_ten_minutes(
    amara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = signed_in(amara, FIREFOX)
    before = timezone.now() - timedelta(days=2)
    UserSession.objects.update(last_seen_at=before)
    here.get(SESSIONS)
    assert row_of(here).last_seen_at == before
    clock = SimpleNamespace(time=lambda: time.time() + 601)
    monkeypatch.setattr("setwise.people.middleware.time", clock)
    here.get(SESSIONS)
    assert row_of(here).last_seen_at > before


@pytest.mark.pure
@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on an iPhone"),
        (f"{MOZILLA} (X11; Linux x86_64) {KIT} Chrome/131.0 Safari/537.36", "Chrome on Linux"),
        (
            f"{MOZILLA} (Windows NT 10.0) {KIT} Chrome/131.0 Safari/537.36 Edg/131.0",
            "Edge on Windows",
        ),
        (
            f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {KIT} Version/18.0 Safari/605",
            "Safari on a Mac",
        ),
        (
            f"{MOZILLA} (Linux; Android 14; SM-S918B) {KIT} SamsungBrowser/25.0 Chrome/121.0 "
            "Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (f"{MOZILLA} (iPad; CPU OS 17_0) {KIT} CriOS/120.0 Safari/604.1", "Chrome on an iPad"),
        ("curl/8.5 on Windows", "A browser on Windows"),
        ("<script>", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_would(user_agent: str, words: str) -> None:
    assert browsers.named(user_agent) == words
