from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def minutes(seconds: int) -> str:
    """Seconds as the clock shows them, `5:00` or `2:10 over`; the script's clock says the same."""
    whole = abs(int(seconds))
    shown = f"{whole // 60}:{whole % 60:02}"
    return f"{shown} over" if seconds < 0 else shown


@register.filter
def pace(seconds: int) -> str:
    """How far ahead or behind, in words."""
    whole = round(abs(seconds) / 60)
    if not whole:
        return "On time"
    return f"{whole} minute{'s' if whole > 1 else ''} {'ahead' if seconds > 0 else 'behind'}"
