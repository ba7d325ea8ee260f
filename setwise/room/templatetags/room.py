from __future__ import annotations

import uuid
from functools import lru_cache

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=4096)
def to(name: str, *which: object) -> str:
    """The address of one of the room's acts. Regions name dozens of them at every change."""
    return reverse(f"room:{name}", args=which)


@register.simple_tag
def deed() -> str:
    """A number for one form: sent twice, it is done once."""
    return str(uuid.uuid4())


@register.filter
def whole_minutes(seconds: int) -> int:
    return round(seconds / 60)


@register.filter
def minutes(seconds: int) -> str:
    """Seconds as the clock shows them, `5:00` or `2:10 over`; the script's clock says the same."""
    whole = abs(int(seconds))
    shown = f"{whole // 60}:{whole % 60:02}"
    return f"{shown} over" if seconds < 0 else shown
