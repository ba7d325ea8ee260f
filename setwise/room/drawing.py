"""What is pushed is drawn from Jinja2 templates, under `jinja2` beside this module.

A region is drawn at every change of a room, once for each way it is read. Jinja2 compiles a template to
Python and draws it in a tenth of the time of Django's own, which stay for pages: those are asked for
seldom. Names that a region is not given are empty, as in Django's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django.template import defaultfilters
from django.urls import reverse
from django.utils.timezone import is_aware, localtime
from jinja2 import ChainableUndefined, Environment, PackageLoader

from setwise.room.templatetags import room
from setwise.ui.templatetags import ui


def drawn(region: str, given: Mapping[str, Any]) -> str:
    """The HTML of one region, every word in it escaped; in the language and zone that are active."""
    return environment().get_template(f"{region}.html").render(given).strip()


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("setwise.room", "jinja2"),
        autoescape=True,
        undefined=ChainableUndefined,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals |= {"to": room.to, "icon": ui.icon, "when": ui.when, "url": _url}
    made.filters |= {
        "date": _date,
        "minutes": room.minutes,
        "whole_minutes": room.whole_minutes,
        "pluralize": defaultfilters.pluralize,
        "slugify": defaultfilters.slugify,
        "truncatechars": defaultfilters.truncatechars,
        "linebreaksbr": defaultfilters.linebreaksbr,
    }
    return made


@lru_cache(maxsize=1024)
def _url(name: str, *which: object) -> str:
    return reverse(name, args=which)


def _date(day: date, form: str) -> str:
    """A day, or a moment as the clock on its reader's wall says it."""
    if isinstance(day, datetime) and is_aware(day):
        day = localtime(day)
    return defaultfilters.date(day, form)
