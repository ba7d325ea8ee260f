"""Gating a page that a signed link opens. It signs nobody in, and opens nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from setwise.people import linking
from setwise.people.models import Link

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Link, P], HttpResponse]
Opened = Callable[Concatenate[HttpRequest, str, P], HttpResponse]


def by_link(purpose: str) -> Callable[[Page[P]], Opened[P]]:
    """Gate a view whose first URL argument is a token: it gets the Link instead, with its person.

    A token that opens nothing, and an Http404 that the view raises because its person may not see
    the thing any more, give the same page. Nothing is done or shown while somebody else is signed in
    in this browser: they are told a first name and no more. Times are shown in the zone of the
    link's person.
    """

    def gate(view: Page[P]) -> Opened[P]:
        @wraps(view)
        def gated(
            request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            link = linking.find(purpose, token, at=timezone.now())
            if link is None:
                return linking.dead(request)
            if request.user.is_authenticated and request.user != link.person:
                return linking.private(_somebody_else(request, link))
            with timezone.override(link.person.tzinfo), translation.override(link.person.language):
                try:
                    return linking.private(view(request, link, *args, **kwargs))
                except Http404:
                    return linking.dead(request)

        return cast("Opened[P]", gated)

    return gate


def _somebody_else(request: HttpRequest, link: Link) -> HttpResponse:
    status = 200 if request.method in ("GET", "HEAD") else 403
    return render(request, "people/link_of_another.html", {"link": link}, status=status)
