"""Links to guides, where they help."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from setwise.coaching import guides

register = template.Library()


@register.inclusion_tag("sets/_read.html")
def reads(*keys: str, beside: bool = False) -> dict[str, Any]:
    """Links to these guides; `beside` opens them in a panel, so that the page stays."""
    return {"reads": guides.some(keys, get_language() or ""), "beside": beside}
