from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from setwise.people.models import Person


def zone_and_language(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Show every page in its reader's time zone and language."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = request.user
        if not isinstance(person, Person):
            return get_response(request)
        with (
            timezone.override(zoneinfo.ZoneInfo(person.zone)),
            translation.override(person.language),
        ):
            return get_response(request)

    return middleware
