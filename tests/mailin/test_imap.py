"""Mail in by a mailbox, against Debian's Dovecot."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.utils import timezone

from setwise.actions.models import Action, Progress
from setwise.mailin import dispatching, imap, listening
from tests.actions.company import decided, gather, somebody
from tests.mailin.dovecot import PASSWORD, Dovecot, installed
from tests.mailin.sending import WORDS, counted, plain, token
from tests.serving import free_port
from tests.together import together

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
NOW = timezone.now()
ABSENT = "Dovecot is not here, and may not be installed: apt-get install dovecot-imapd"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    program = installed()
    if program is None:
        pytest.skip(ABSENT)
    server = Dovecot(program)
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture
def user(server: Dovecot, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whose mailbox this test has. Setwise looks into it by TLS."""
    user = f"u{uuid4().hex[:8]}"
    settings.SETWISE_IMAP_URL = url(server, user)
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    return user


def url(server: Dovecot, user: str, password: str = PASSWORD, folder: str = "INBOX") -> str:
    return f"imaps://{user}:{quote(password, safe='')}@localhost:{server.tls_port}/{folder}"


@pytest.fixture
def action() -> Action:
    return decided(somebody("amara"), gather("ruth", "amara"))


@pytest.fixture
def given(action: Action) -> str:
    return token("reply-action", action.owner, action.pk, at=NOW)


def look() -> imap.Look:
    return imap.look(at=NOW)


def test_an_answer_is_handled_and_deleted_and_other_mail_is_left(
    server: Dovecot, user: str, given: str
) -> None:
    other = b"From: a@b.example\r\nTo: helpdesk@sets.example\r\n\r\nI cannot sign in.\r\n"
    dead = plain("a" * 45, number=2)
    server.put(user, plain(given), other, dead)
    assert look() == imap.Look(handled=3, left=0)
    assert Progress.objects.get().happened() == WORDS
    (flags,) = server.flags(user)  # what was not for Setwise
    assert b"\\Seen" in flags
    assert look() == imap.Look(handled=0, left=0)
    assert counted() == {"progress": 1, "unknown": 2}


def test_one_message_that_nobody_foresaw_stops_no_other(
    server: Dovecot, user: str, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = dispatching.dispatch

    def but_poison(incoming: Any, *rest: Any, **more: Any) -> Any:
        assert "poison" not in incoming.words
        return done(incoming, *rest, **more)

    server.put(user, plain(given, "poison", number=1), plain(given, number=2))
    with monkeypatch.context() as patched:
        patched.setattr(dispatching, "dispatch", but_poison)
        assert look() == imap.Look(handled=1, left=1)
    (flags,) = server.flags(user)
    assert b"\\Seen" not in flags  # it is tried again
    assert look() == imap.Look(handled=1, left=0)
    assert server.flags(user) == []
    assert Progress.objects.count() == 2


def test_killed_before_the_message_is_deleted_it_is_only_deleted_the_next_time(
    server: Dovecot, user: str, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    server.put(user, plain(given))
    with monkeypatch.context() as patched:
        patched.setattr("imap_tools.BaseMailBox.delete", die)
        with pytest.raises(Killed):
            look()
    assert len(server.flags(user)) == 1
    look()
    assert server.flags(user) == []
    assert Progress.objects.count() == 1


def test_what_is_too_large_is_deleted_without_being_fetched(
    server: Dovecot, user: str, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "LARGEST", 3000)
    server.put(user, plain(given, "x " * 2000, number=1), plain(given, number=2))
    assert look().handled == 2
    assert server.flags(user) == []
    assert counted() == {"huge": 1, "progress": 1}


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_mailbox(server: Dovecot, user: str, given: str) -> None:
    server.put(user, *(plain(given, number=number) for number in range(6)))
    assert together(look, look) == ["done", "done"]
    assert Progress.objects.count() == 6
    assert server.flags(user) == []


def test_why_it_cannot_be_looked_into_is_said_without_the_password(
    server: Dovecot,
    user: str,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    cases = {
        url(server, user, password="wrong"): "refused the user or the password",
        url(server, user, folder="Nowhere"): "no such folder",
        f"imaps://u:p@localhost:{free_port()}": "Nobody listens",
        f"imaps://u:p@localhost:{server.port}": "speaks no TLS",
        f"imap+starttls://u:p@127.0.0.1:{server.port}": "certificate is not trusted",
        f"imap+starttls://u:wrong@localhost:{server.port}": "refused the user or the password",
    }
    said = {}
    for settings.SETWISE_IMAP_URL in cases:
        with pytest.raises(imap.Unreachable) as found:
            look()
        said[settings.SETWISE_IMAP_URL] = str(found.value)
    assert {url: words in said[url] for url, words in cases.items()} == dict.fromkeys(cases, True)
    assert "host is not known" in imap.explained(socket.gaierror())
    monkeypatch.delenv("SSL_CERT_FILE")
    settings.SETWISE_IMAP_URL = url(server, user)
    assert listening.look_once() == 0
    assert "certificate is not trusted" in caplog.text
    assert quote(PASSWORD) not in caplog.text
