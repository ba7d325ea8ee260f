"""The guides on this server: those that Setwise brings, and those of whoever runs it beside them."""

from __future__ import annotations

from django.conf import settings

from setwise.coaching import guides
from setwise.coaching.guides import FALLBACK, Guide


def known(language: str = FALLBACK) -> dict[str, Guide]:
    """Every guide by key: those in the folder `SETWISE_GUIDES` come first."""
    return own() | dict(guides.guides(language))


def own() -> dict[str, Guide]:
    found, _ = guides.added(settings.SETWISE_GUIDES)
    return found


def offerable(language: str = FALLBACK) -> list[Guide]:
    """What a facilitator may offer to somebody of their set: all but the organisers' guides."""
    return [each for each in known(language).values() if each.audience != "organisers"]
