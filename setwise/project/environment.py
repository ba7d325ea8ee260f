"""Reading settings from the environment: loudly, and secrets also from files (`NAME_FILE`)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MAIL_SCHEMES = ("smtps", "smtp+starttls", "smtp")
MAILBOX_SCHEMES = ("imaps", "imap+starttls", "imap")


def text(name: str, default: str = "") -> str:
    """The setting `name`, or what the file named by `name_FILE` holds."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text("utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: it is no text.") from error
    return os.environ.get(name, default)


def plain(name: str) -> str:
    """The setting `name` from the environment alone, where `name_FILE` is a setting of its own."""
    return os.environ.get(name, "")


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value in ("", "0", "no", "off", "false", "1", "yes", "on", "true"):
        return value in ("1", "yes", "on", "true") if value else default
    raise ImproperlyConfigured(f"{name} is {value!r}; write yes or no.")


def one_of(name: str, *choices: str) -> str:
    """The setting `name`, which is one of `choices`; the first of them where it is not set."""
    value = text(name).lower() or choices[0]
    if value in choices:
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}; write {' or '.join(choices)}.")


def number(name: str, default: int) -> int:
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from error


def rate(name: str) -> float:
    """How many a second, of `120` (a minute), `5/second` or `500/hour`; 0 where it is not set."""
    value = text(name)
    count, slash, unit = value.partition("/")
    seconds = {"second": 1, "minute": 60, "hour": 3600}.get(unit if slash else "minute")
    if not value:
        return 0
    if seconds is None or not (count.isascii() and count.isdigit()) or int(count) == 0:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; write how many a minute, such as 120, or 5/second or 500/hour."
        )
    return int(count) / seconds


def kept_secret(name: str, path: Path) -> str:
    """The secret `name`, made once and kept in `path` (mode 0600) where the environment has none."""
    if given := text(name):
        return given
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _create(path)
        kept = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else f"{path.name} is no text"
        if folder.exists() and not folder.is_dir():
            why = "it is no folder"
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be used: {why}. "
            "Choose another with --data or SETWISE_DATA."
        ) from error
    if not kept:
        raise ImproperlyConfigured(f"{path} is empty. Delete it, and a new one is made.")
    return kept


def _create(path: Path) -> None:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))


def remembered_origin(path: Path) -> str:
    """The origin that the last `run` served at, as it left it in the data folder; '' without one.

    A link that another command prints then leads to that server, whatever port it was given.
    """
    try:
        origin = path.read_text("utf-8").strip()
        parts = urlsplit(origin)
    except (OSError, ValueError):
        return ""
    return origin if parts.scheme in ("http", "https") and parts.hostname else ""


def mail_server(url: str) -> str:
    """`url`, if mail could be handed to it: its scheme, host and port are such."""
    if not url:
        return url
    parts = split("SETWISE_SMTP_URL", url)
    if parts.scheme not in MAIL_SCHEMES or not parts.hostname:
        raise ImproperlyConfigured(
            "SETWISE_SMTP_URL is no mail server: write smtps://user:password@host:465, "
            "smtp+starttls://user:password@host:587 or smtp://host:25."
        )
    return url


def mailbox(url: str) -> str:
    """`url`, if mail could be fetched there: its scheme, host, port and user are such."""
    if url:
        parts = split("SETWISE_IMAP_URL", url)
        if parts.scheme not in MAILBOX_SCHEMES or not parts.hostname or not parts.username:
            raise ImproperlyConfigured(
                "SETWISE_IMAP_URL is no mailbox: write imaps://user:password@host:993/INBOX, or "
                "imap+starttls://user:password@host:143/INBOX."
            )
    return url


def listening(name: str) -> tuple[str, int] | None:
    """The host and port of setting `name`; the host is this machine alone where it is left out."""
    given = text(name).strip()
    if not given:
        return None
    host, _, port = given.rpartition(":")
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65_535):
        raise ImproperlyConfigured(f"{name} is {given!r}; write host:port, such as 127.0.0.1:8024.")
    return host.strip("[]") or "127.0.0.1", int(port)


def split(name: str, url: str) -> SplitResult:
    """The parts of a URL. What is wrong is told without the URL: it may hold a password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be understood: its host or its port is none."
        ) from error
    return parts


def database(url: str, data: Path) -> dict[str, object]:
    """Django's database settings for `url`; SQLite in the data folder where it is empty."""
    if not url:
        return {
            "ENGINE": "setwise.project.sqlite",
            "NAME": data / "setwise.sqlite3",
            "TEST": {"NAME": data / "test.sqlite3"},  # a file: in memory, threads lock tables
            "CONN_MAX_AGE": None,  # closing the last connection checkpoints the log: slow
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
                ),
            },
        }
    parts = split("SETWISE_DATABASE_URL", url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("SETWISE_DATABASE_URL starts with postgresql://, or is empty.")
    if not parts.path.lstrip("/"):
        raise ImproperlyConfigured("SETWISE_DATABASE_URL names no database: end it with its name.")
    options: dict[str, object] = {}
    host = parts.hostname or ""
    for pair in filter(None, parts.query.split("&")):
        name, _, value = pair.partition("=")
        if name == "host":
            host = unquote(value)
        else:
            options[name] = unquote(value)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
