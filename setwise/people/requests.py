"""The request of a signed-in person, so that views need no cast."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from setwise.people.models import Person

P = ParamSpec("P")


class SignedInRequest(HttpRequest):
    user: Person


def signed_in(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Send whoever is not signed in to the sign-in page, and back to their page afterwards."""

    @wraps(view)
    def gated(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Person) or not request.user.is_active:
            return redirect_to_login(_back_to(request))
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", gated)


def _back_to(request: HttpRequest) -> str:
    """A page to open after signing in: this one, or the one whose form was sent too late."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer, own = request.headers.get("Referer", ""), {request.get_host()}
    if url_has_allowed_host_and_scheme(referer, allowed_hosts=own):
        page = urlsplit(referer)
        path = page.path + (f"?{page.query}" if page.query else "")
        # a path such as //elsewhere.example/ would be another site's address
        if url_has_allowed_host_and_scheme(path, allowed_hosts=None):
            return path
    return resolve_url(settings.LOGIN_REDIRECT_URL)


__all__ = ["SignedInRequest", "signed_in"]
