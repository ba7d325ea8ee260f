"""Whose a session is: read at every request, and never longer than it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from setwise.people.models import Person
from setwise.people.recognising import person_of
from setwise.people.session_store import SessionStore
from setwise.people.signing_in import BACKEND
from tests.people.posting import is_signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client: Client, amara: Person) -> Client:
    client.force_login(amara, backend=BACKEND)
    assert is_signed_in(client)
    return client


def session(client: Client) -> SessionStore:
    return SessionStore(client.session.session_key)


def test_a_session_tells_its_person(client: Client, amara: Person) -> None:
    assert person_of(session(client)) == amara


def test_a_closed_account_is_nobodys(client: Client, amara: Person) -> None:
    Person.objects.filter(pk=amara.pk).update(is_active=False)
    assert person_of(session(client)) is None
    assert not is_signed_in(client)


def test_a_session_older_than_what_it_was_signed_in_with_ends(
    client: Client, amara: Person
) -> None:
    key = client.session.session_key
    amara.set_unusable_password()
    amara.save()
    assert person_of(SessionStore(key)) is None
    assert not Session.objects.filter(session_key=key).exists()


def test_a_session_whose_time_is_over_signs_nobody_in(client: Client) -> None:
    rows = Session.objects.filter(session_key=client.session.session_key)
    rows.update(expire_date=timezone.now() + timedelta(minutes=1))
    assert is_signed_in(client)
    rows.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(client)


def test_a_session_of_another_shape_signs_nobody_in(client: Client) -> None:
    for odd in ("", "7", "not-a-number"):
        kept = session(client)
        kept[SESSION_KEY] = odd
        assert person_of(kept) is None


def test_what_a_request_changes_and_does_not_save_is_its_own(client: Client) -> None:
    kept = session(client)
    kept["held"] = {"words": ["one"]}
    kept.save()
    session(client)["held"]["words"].append("two")
    assert session(client)["held"] == {"words": ["one"]}
