"""The letters of a demo, whose people each have a host name of their own on one machine."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings

from setwise.outbox.reading import FolderLetter

LINK = re.compile(r"http://localhost(:\d+)?(?=[/\s]|$)")  # whichever port the demo had that day


def at_its_readers(letter: FolderLetter) -> FolderLetter:
    """The same letter with its links leading to its reader's own host, where they are signed in."""
    origin = urlsplit(settings.SETWISE_ORIGIN)
    if origin.hostname != "localhost":
        return letter
    key = re.sub(r"[^a-z0-9]+", "-", letter.to.split("@", 1)[0].lower()).strip("-")
    own = origin._replace(netloc=f"{key or 'somebody'}.{origin.netloc}").geturl()
    return replace(letter, text=LINK.sub(own, letter.text))
