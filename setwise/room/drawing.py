"""What is pushed is drawn from Jinja2 templates, under `jinja2` beside this module.

A region is drawn at every change of a room, once for each way it is read. Jinja2 compiles a template to
Python and draws it in a tenth of the time of Django's own, which stay for pages: those are asked for
seldom. Names that a region is not given are empty, as in Django's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django.template import defaultfilters
from django.urls import reverse
from django.utils.timezone import localtime
from jinja2 import ChainableUndefined, Environment, PackageLoader
from jinja2.runtime import Context

from setwise.ui.templatetags import ui

ZONED = frozenset({"clock"})  # regions that show a moment; the others are the same in every zone
INCLUDE = re.compile(r'{% include "([a-z_]+\.html)" %}')
Source = tuple[str, str, Callable[[], bool] | None]


def drawn(region: str, given: Mapping[str, Any]) -> str:
    """The HTML of one region, every word in it escaped, in the language that is active.

    A moment is in the time zone that is active: of what is pushed only the `ZONED` may show one.
    """
    template = environment().get_template(f"{region}.html")
    context = template.new_context({**HELPERS, **given}, shared=True)  # its own way copies slowly
    return "".join(template.root_render_func(context)).strip()


class Whole(PackageLoader):
    """A template with those that it includes put into it: Jinja2 would copy all names for each."""

    def get_source(self, environment: Environment, template: str) -> Source:
        source, name, fresh = super().get_source(environment, template)

        def included(found: re.Match[str]) -> str:
            return self.get_source(environment, found[1])[0].rstrip("\n")

        return INCLUDE.sub(included, source), name, fresh


class Plain(Context):
    """Calls a helper as it is: none asks for its context, which Jinja2 finds out at every call."""

    def call(self, helper: Callable[..., Any], *given: Any, **named: Any) -> Any:
        named.pop("_loop_vars", None)  # which a template adds for those who ask
        named.pop("_block_vars", None)
        return helper(*given, **named)


@cache
def environment() -> Environment:
    made = Environment(
        loader=Whole("setwise.room", "jinja2"),
        autoescape=True,
        undefined=ChainableUndefined,
        auto_reload=False,
        cache_size=-1,
    )
    made.context_class = Plain
    made.filters |= {
        "day": _day,
        "moment": _moment,
        "timestamp": lambda at: int(at.timestamp()),
        "minutes": _minutes,
        "whole_minutes": lambda seconds: round(seconds / 60),
        "pluralize": defaultfilters.pluralize,
        "slugify": defaultfilters.slugify,
        "truncatechars": defaultfilters.truncatechars,
        "linebreaksbr": defaultfilters.linebreaksbr,
    }
    return made


@lru_cache(maxsize=4096)
def to(act: str, *which: object) -> str:
    """The address of one of the room's acts. Regions name dozens of them at every change."""
    return reverse(f"room:{act}", args=which)


@lru_cache(maxsize=1024)
def _url(name: str, *which: object) -> str:
    return reverse(name, args=which)


def _day(day: date, form: str) -> str:
    if isinstance(day, datetime):
        raise TypeError("A moment is another day elsewhere: use `moment`.")
    return defaultfilters.date(day, form)


def _moment(at: datetime, form: str) -> str:
    """As the clock on its reader's wall says it."""
    return defaultfilters.date(localtime(at), form)


def _minutes(seconds: int) -> str:
    """Seconds as the clock shows them, `5:00` or `2:10 over`; the script's clock says the same."""
    whole = abs(int(seconds))
    shown = f"{whole // 60}:{whole % 60:02}"
    return f"{shown} over" if seconds < 0 else shown


HELPERS = {"to": to, "icon": ui.icon, "when": ui.when, "url": _url}
