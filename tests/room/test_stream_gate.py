"""Who opens a stream: the pages' middleware is not asked, and the gate is the same."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import Http404
from django.test import Client
from django.utils import timezone

from setwise.people.models import Person
from setwise.people.session_store import SessionStore
from setwise.people.signing_in import BACKEND
from setwise.project.demo.playing import Play
from setwise.room.stream import gate
from setwise.sets.models import Membership


def signed_in(person: Person) -> str:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return str(client.session.session_key)


def test_a_stream_opens_for_whoever_has_a_seat(open_play: Play) -> None:
    niamh, meeting = open_play.people["niamh"], open_play.meeting.pk
    key = signed_in(niamh)
    assert gate.admitted(key, meeting) == niamh
    with pytest.raises(Http404):
        gate.admitted(key, uuid.uuid4())
    Membership.objects.filter(person=niamh).update(suspended_at=timezone.now())
    with pytest.raises(Http404):
        gate.admitted(key, meeting)


def test_a_session_that_signs_nobody_in_opens_no_stream(open_play: Play) -> None:
    niamh, meeting = open_play.people["niamh"], open_play.meeting.pk
    for odd in ("", "x", "x\0" * 8, "' OR 1=1 --", "nobodyskey", "é" * 32):
        assert gate.admitted(odd, meeting) is None
    for name, odd in ((HASH_SESSION_KEY, ""), (SESSION_KEY, "7"), (SESSION_KEY, "x\0")):
        kept = SessionStore(signed_in(niamh))
        kept[name] = odd
        kept.save()
        assert gate.admitted(str(kept.session_key), meeting) is None
    key = signed_in(niamh)
    Person.objects.filter(pk=niamh.pk).update(is_active=False)
    assert gate.admitted(key, meeting) is None


@pytest.mark.parametrize(
    "cookies",
    [
        [b"sessionid=abcdefgh"],
        [b'their[shop]={"a": 1}; sessionid=abcdefgh; odd'],  # of another site of the same domain
        [b"csrftoken=x", b"sessionid=abcdefgh"],
    ],
)
def test_the_session_is_found_among_whatever_cookies_a_browser_sends(cookies: list[bytes]) -> None:
    headers = [(b"host", b"localhost"), *((b"Cookie", each) for each in cookies)]
    assert gate.session_key(headers) == "abcdefgh"


def test_without_a_cookie_there_is_no_session() -> None:
    assert gate.session_key([(b"host", b"localhost"), (b"cookie", b"=; sessionid")]) == ""
