"""The settings of the mail that comes in: understood loudly, and checked in plain words."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from setwise.mailin import checks
from setwise.project import environment as env

pytestmark = pytest.mark.pure
MAILBOX = "imaps://setwise:secret@imap.example.org/INBOX"


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("", None),
        ("8024", ("127.0.0.1", 8024)),
        (":8024", ("127.0.0.1", 8024)),
        ("0.0.0.0:24", ("0.0.0.0", 24)),
        ("[::1]:8024", ("::1", 8024)),
    ],
)
def test_a_port_is_this_machines_alone_unless_a_host_is_named(
    monkeypatch: pytest.MonkeyPatch, given: str, understood: tuple[str, int] | None
) -> None:
    monkeypatch.setenv("SETWISE_LMTP", given)
    assert env.listening("SETWISE_LMTP") == understood


@pytest.mark.parametrize("given", ["host", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", ":x"])
def test_a_port_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SETWISE_LMTP", given)
    with pytest.raises(ImproperlyConfigured, match="host:port"):
        env.listening("SETWISE_LMTP")


@pytest.mark.parametrize(
    "given",
    ["imap.example.org", "pop3://u:secret@host", "imaps://host/INBOX", "imaps://u:secret@/x"],
)
def test_a_mailbox_that_is_none_is_said_without_the_password(given: str) -> None:
    with pytest.raises(ImproperlyConfigured) as found:
        env.mailbox(given)
    assert "secret" not in str(found.value)
    assert env.mailbox(MAILBOX) == MAILBOX


@pytest.mark.parametrize(
    ("address", "mailbox", "port", "ids"),
    [
        ("", "", None, []),
        ("a@b.example", MAILBOX, None, []),
        ("a@b.example", "", ("127.0.0.1", 8024), []),
        ("a@b.example", "", None, ["setwise.W010"]),
        ("", MAILBOX, None, ["setwise.W011"]),
        ("a@b.example", MAILBOX.replace("imaps", "imap"), None, ["setwise.W012"]),
        ("a@b.example", "imap://u:p@localhost/INBOX", None, []),
        ("a@b.example", "", ("0.0.0.0", 8024), ["setwise.W013"]),
    ],
)
def test_check_says_what_is_missing_and_what_is_open(
    settings: Any, address: str, mailbox: str, port: tuple[str, int] | None, ids: list[str]
) -> None:
    settings.SETWISE_REPLY_ADDRESS = address
    settings.SETWISE_IMAP_URL, settings.SETWISE_LMTP = mailbox, port
    assert [each.id for each in (*checks.ways_in(), *checks.in_clear())] == ids
