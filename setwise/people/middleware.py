from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from setwise.people.models import Person
from setwise.people.recognising import person_of

SEEN_EVERY = 600  # seconds between two notes of when a session was last used: a write each


def recognition(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Say whose request it is, as `user`."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.user = person_of(request.session) or AnonymousUser()
        return get_response(request)

    return middleware


def zone_and_language(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Show every page in its reader's time zone and language."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = request.user
        if not isinstance(person, Person):
            return get_response(request)
        with timezone.override(person.tzinfo), translation.override(person.language):
            return get_response(request)

    return middleware


def last_seen(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Note when a session was last used, for *Where you are signed in*."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get("seen_at", 0) > SEEN_EVERY:
                request.session["seen_at"] = now
                UserSession.objects.create_from_request(request)
        return get_response(request)

    return middleware


def no_store(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let no browser or proxy keep a signed-in page: *back*, after signing out, shows none."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware
