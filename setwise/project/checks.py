"""What is wrong with the settings, in plain words with the remedy. docs/settings.md lists the ids."""

from __future__ import annotations

import ipaddress
import tempfile
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.db import connection

from setwise.people import linking
from setwise.project import environment, health

FOR_ALL_TO_READ = 0o077
LOCAL_PART = 64  # characters before the @, as RFC 5321 (4.5.3.1.1) limits them


def _origin() -> SplitResult | None:
    """The parts of the origin; None where it is no address that a browser could open."""
    try:
        parts = environment.split("SETWISE_ORIGIN", settings.SETWISE_ORIGIN)
    except ImproperlyConfigured:
        return None
    beyond = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in ("http", "https") or not parts.hostname or beyond:
        return None
    return parts


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_public() -> bool:
    """Whether others are meant to reach this server, as its origin says."""
    parts = _origin()
    return bool(parts and not _is_local(parts.hostname or ""))


@register("setwise")
def origin(**_: Any) -> list[CheckMessage]:
    parts = _origin()
    if parts is None:
        return [
            Error(
                f"SETWISE_ORIGIN is {settings.SETWISE_ORIGIN!r}, which no browser can open.",
                "Write the address people type, such as https://sets.example.org: http or https, "
                "the host, a port if there is one, and nothing after it.",
                id="setwise.E001",
            )
        ]
    if _is_public() and parts.scheme == "http":
        return [
            Error(
                "SETWISE_ORIGIN starts with http://, so what people say travels in clear.",
                "Put a reverse proxy with HTTPS in front and write https://.",
                id="setwise.E002",
            )
        ]
    return []


@register("setwise")
def shown_to_others(**_: Any) -> list[CheckMessage]:
    """What is for trying and developing must not stand where others can reach it."""
    found: list[CheckMessage] = []
    if _is_public() and settings.DEBUG:
        found.append(
            Error(
                "SETWISE_DEBUG shows errors with their source to whoever reaches this server.",
                "Leave SETWISE_DEBUG out.",
                id="setwise.E003",
            )
        )
    elif settings.DEBUG:
        found.append(Warning("SETWISE_DEBUG is on.", "Leave it out for people.", id="setwise.W001"))
    if _is_public() and settings.SETWISE_DEMO:
        found.append(
            Error(
                "SETWISE_DEMO is on where others can reach it: whoever has a demo link is that person.",
                "Leave SETWISE_DEMO and --demo out, or serve the demo at localhost only.",
                id="setwise.E004",
            )
        )
    return found


@register("setwise")
def mail(**_: Any) -> list[CheckMessage]:
    url = settings.SETWISE_SMTP_URL
    if not url:
        return _no_mail_server() if _is_public() and not settings.SETWISE_DEMO else []
    try:
        parts = urlsplit(environment.mail_server(url))
    except ImproperlyConfigured as error:
        return [Error(str(error), id="setwise.E005")]
    if parts.scheme == "smtp" and not _is_local(parts.hostname or ""):
        return [
            Warning(
                "SETWISE_SMTP_URL starts with smtp://, so e-mail and its password travel in clear.",
                "Write smtps:// or smtp+starttls://, if your mail server can.",
                id="setwise.W003",
            )
        ]
    return []


def _no_mail_server() -> list[CheckMessage]:
    return [
        Warning(
            "There is no mail server, so nobody gets the code to sign in with.",
            "Set SETWISE_SMTP_URL. Until then bin/setwise mail read shows the letters.",
            id="setwise.W002",
        )
    ]


@register("setwise")
def mail_from(**_: Any) -> list[CheckMessage]:
    given = settings.SETWISE_MAIL_FROM
    address = parseaddr(given)[1]
    try:
        if len(given.splitlines()) > 1:
            raise ValidationError("more than one line")
        validate_email(address)
    except ValidationError:
        return [
            Error(
                f"SETWISE_MAIL_FROM is {given!r}, which is no address that e-mail could come from.",
                "Write an address, or a name and an address: Setwise <setwise@example.org>.",
                id="setwise.E006",
            )
        ]
    if settings.SETWISE_SMTP_URL and _is_public() and _is_local(address.rpartition("@")[2]):
        return [
            Warning(
                f"E-mail comes from {address}, which mail servers refuse or throw away.",
                "Set SETWISE_MAIL_FROM to an address of your own.",
                id="setwise.W004",
            )
        ]
    return []


@register("setwise")
def reply_address(**_: Any) -> list[CheckMessage]:
    given = settings.SETWISE_REPLY_ADDRESS
    if not given:
        return []
    local = given.rpartition("@")[0]
    try:
        validate_email(given)
        if "+" in local or len(local) + 1 + linking.LENGTH > LOCAL_PART:
            raise ValidationError("no place for a token")
    except ValidationError:
        return [
            Error(
                f"SETWISE_REPLY_ADDRESS is {given!r}, which no answer could be sent to.",
                f"Write an address such as replies@example.org, with {LOCAL_PART - 1 - linking.LENGTH} "
                "characters at most before the @, and no +: Setwise puts one there.",
                id="setwise.E014",
            )
        ]
    return []


@register("setwise")
def proxies(**_: Any) -> list[CheckMessage]:
    if settings.SETWISE_TRUSTED_PROXIES >= 0:
        return []
    return [
        Error(
            f"SETWISE_TRUSTED_PROXIES is {settings.SETWISE_TRUSTED_PROXIES}, below nothing.",
            "Write how many reverse proxies stand before Setwise: 0, 1 or more.",
            id="setwise.E007",
        )
    ]


@register("setwise")
def mail_folder(**_: Any) -> list[CheckMessage]:
    if settings.SETWISE_MAIL_KEEP_DAYS > 0:
        return []
    return [
        Error(
            f"SETWISE_MAIL_KEEP_DAYS is {settings.SETWISE_MAIL_KEEP_DAYS}: no letter could be read.",
            "Write for how many days letters stay in the mail folder: 1 or more.",
            id="setwise.E013",
        )
    ]


@register("setwise")
def key_files(**_: Any) -> list[CheckMessage]:
    """The key file and the secret are their owner's alone."""
    paths = [Path(settings.SETWISE_DATA) / "secret.key"]
    if not settings.SETWISE_KEY:
        paths.append(Path(settings.SETWISE_KEY_FILE))
    return [
        Error(
            f"{path} can be read by other users of this machine.",
            f"Take that from them: chmod 600 {path}",
            id="setwise.E008",
        )
        for path in paths
        if path.is_file() and path.stat().st_mode & FOR_ALL_TO_READ
    ]


@register("setwise")
def data_folder(**_: Any) -> list[CheckMessage]:
    """It is written to, unless database, key and mail are all elsewhere."""
    folder = settings.SETWISE_DATA
    if connection.vendor != "sqlite" and settings.SETWISE_KEY and settings.SETWISE_SMTP_URL:
        return []
    try:
        with tempfile.TemporaryFile(dir=folder):
            return []
    except OSError as error:
        return [
            Error(
                f"The data folder {folder} cannot be written: {error.strerror}.",
                "Give it to the user that Setwise runs as, or choose another with SETWISE_DATA.",
                id="setwise.E009",
            )
        ]


@register("setwise")
def serving(**_: Any) -> list[CheckMessage]:
    trouble = health.find()
    return [Error(trouble.reason, trouble.remedy, id=trouble.id)] if trouble else []
