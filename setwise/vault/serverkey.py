"""The server's keys: they wrap the data keys, and live in a file or the environment, never in the
database. The newest stands first and wraps; older ones only unwrap, until they are retired."""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES, NONCE_BYTES = 32, 12


class KeyTrouble(Exception):
    """The server's key is missing or wrong; the message is one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class ServerKey:
    id: str
    secret: bytes

    def line(self) -> str:
        return f"{self.id} {base64.b64encode(self.secret).decode()}"


def make() -> ServerKey:
    return ServerKey(secrets.token_hex(8), secrets.token_bytes(KEY_BYTES))


def ring() -> tuple[ServerKey, ...]:
    """The server's keys, newest first. Raises KeyTrouble where there are none."""
    text, source = settings.SETWISE_KEY, "SETWISE_KEY"
    if not text:
        source = "The key file"
        try:
            text = Path(settings.SETWISE_KEY_FILE).read_text("utf-8")
        except FileNotFoundError as error:
            raise KeyTrouble(
                "The key file is missing. Put it back from your backup, or point "
                "SETWISE_KEY_FILE at it: without it nothing that was said can be read."
            ) from error
        except OSError as error:
            raise KeyTrouble(f"The key file cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise KeyTrouble("The key file is damaged: it is no text.") from error
    return _parse(text, source)


def _parse(text: str, source: str) -> tuple[ServerKey, ...]:
    keys = []
    for line in filter(None, (line.strip() for line in text.replace(",", "\n").splitlines())):
        name, _, encoded = line.partition(" ")
        try:
            secret = base64.b64decode(encoded, validate=True)
        except ValueError:  # not base64, or not even ASCII
            secret = b""
        if len(secret) != KEY_BYTES:
            raise KeyTrouble(f"{source} is damaged: a line is not a name and a key.")
        keys.append(ServerKey(name, secret))
    if not keys:
        raise KeyTrouble(f"{source} is empty.")
    return tuple(keys)


def write(keys: tuple[ServerKey, ...]) -> None:
    """Replace the key file in one step, readable by its owner only."""
    path = Path(settings.SETWISE_KEY_FILE)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    _create(fresh, "\n".join(key.line() for key in keys) + "\n")
    fresh.replace(path)


def ensure() -> bool:
    """Make the key file of a new installation; True if it was made.

    Never where the database already holds data keys: a new key would open none of them.
    """
    from setwise.vault.models import Key

    if settings.SETWISE_KEY or Path(settings.SETWISE_KEY_FILE).exists():
        return False
    if Key.objects.exists():
        ring()
    path = Path(settings.SETWISE_KEY_FILE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path, make().line() + "\n")
    except FileExistsError:
        return False
    except OSError as error:
        raise KeyTrouble(f"The key file {path} cannot be made: {error.strerror}.") from error
    return True


def _create(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)


def wrap(secret: bytes, key_id: str) -> tuple[bytes, str]:
    """Seal a data key under the newest server key; returns it with that server key's id."""
    newest = ring()[0]
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(newest.secret).encrypt(nonce, secret, key_id.encode()), newest.id


def unwrap(wrapped: bytes, key_id: str, server_key_id: str) -> bytes:
    """Open a data key. Raises KeyTrouble where the server key that wrapped it is not here."""
    for key in ring():
        if key.id == server_key_id:
            nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
            try:
                return AESGCM(key.secret).decrypt(nonce, sealed, key_id.encode())
            except InvalidTag:
                break
    raise KeyTrouble(
        "The server's key is not the one this database was sealed with. Put the right key file "
        "back, or point SETWISE_KEY_FILE at it."
    )


def verify() -> None:
    """Raise KeyTrouble unless the ring opens the newest and the oldest data key there are."""
    from setwise.vault.models import Key

    ring()
    living = Key.objects.filter(destroyed_at=None).order_by("created_at")
    for key in filter(None, (living.first(), living.last())):
        unwrap(bytes(key.wrapped), str(key.id), key.server_key_id)
