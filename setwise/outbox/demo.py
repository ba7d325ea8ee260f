"""The letters of a demo, whose people each have a host name of their own on one machine."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from setwise.outbox.reading import FolderLetter

LINK = re.compile(r"http://localhost(:\d+)?(?=[/\s]|$)")  # whichever port the demo had that day


def at_its_readers(letter: FolderLetter) -> FolderLetter:
    """The same letter with its links leading to its reader's own host, where they are signed in."""
    origin = urlsplit(settings.SETWISE_ORIGIN)
    if origin.hostname != "localhost":
        return letter
    own = origin._replace(netloc=f"{_host(letter.to)}.{origin.netloc}").geturl()
    return replace(letter, text=LINK.sub(own, letter.text))


def _host(address: str) -> str:
    """The label that the start printed for this reader; for whoever came since, by their address."""
    try:
        known = json.loads((Path(settings.SETWISE_DATA) / "demo").read_text("utf-8"))["hosts"]
        return str(known[address.lower()])
    except (OSError, ValueError, KeyError, TypeError):
        spelled = re.sub(r"[^a-z0-9]+", "-", address.split("@", 1)[0].lower()).strip("-")
        return spelled or "somebody"
