"""What is wrong with the settings of the mail that comes in, in plain words with the remedy."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's name


@register("setwise")
def ways_in(**_: Any) -> list[CheckMessage]:
    """An address for answers and a way in need each other."""
    listens = bool(settings.SETWISE_IMAP_URL or settings.SETWISE_LMTP)
    if settings.SETWISE_REPLY_ADDRESS and not listens:
        return [
            Warning(
                "Letters name SETWISE_REPLY_ADDRESS for answers, and nothing takes these in.",
                "Set SETWISE_IMAP_URL or SETWISE_LMTP, or leave SETWISE_REPLY_ADDRESS out.",
                id="setwise.W010",
            )
        ]
    if listens and not settings.SETWISE_REPLY_ADDRESS:
        return [
            Warning(
                "Mail is taken in, and no letter names an address to answer to.",
                "Set SETWISE_REPLY_ADDRESS to the address whose mail comes in.",
                id="setwise.W011",
            )
        ]
    return []


@register("setwise")
def in_clear(**_: Any) -> list[CheckMessage]:
    """What people answer does not travel in clear, and nobody else hands mail over."""
    found: list[CheckMessage] = []
    url = urlsplit(settings.SETWISE_IMAP_URL)
    if url.scheme == "imap" and not _is_local(url.hostname or ""):
        found.append(
            Warning(
                "SETWISE_IMAP_URL starts with imap://, so answers and the password travel in clear.",
                "Write imaps:// or imap+starttls://, if the mailbox's server can.",
                id="setwise.W012",
            )
        )
    if settings.SETWISE_LMTP and not _is_local(settings.SETWISE_LMTP[0]):
        found.append(
            Warning(
                "SETWISE_LMTP listens where other machines can reach it, without TLS or password.",
                "Listen at 127.0.0.1, or let only your mail server through to that port.",
                id="setwise.W013",
            )
        )
    return found


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
