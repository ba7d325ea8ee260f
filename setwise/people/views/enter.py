from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from setwise.people import first_person, signing_in
from setwise.people.forms import FirstPersonForm

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@get_or_post
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: opening the link changes nothing, since mail scanners open links."""
    at = timezone.now()
    link = signing_in.find(token, at=at)
    if link is None:
        if request.user.is_authenticated:
            return redirect("today:today")
        return render(request, "people/link_over.html", status=410)
    if link.person == request.user:
        return redirect("today:today")
    if request.method == "POST":
        if signing_in.use(link, request, at=at):
            return redirect("today:today")
        return render(request, "people/link_over.html", status=410)
    return render(request, "people/enter.html", {"person": link.person})


@never_cache
@get_or_post
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first person of an empty installation."""
    at = timezone.now()
    row = first_person.find(token, at=at)
    if row is None:
        return _begun(request)
    form = FirstPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = first_person.begin(row, **form.cleaned_data, at=at)
        if person is None:
            return _begun(request)
        signing_in.enter(request, person)
        return redirect("today:today")
    status = 422 if form.errors else 200
    return render(request, "people/begin.html", {"form": form}, status=status)


def _begun(request: HttpRequest) -> HttpResponse:
    """Why there is nothing to begin with this link, and what to do instead."""
    over = first_person.is_over()
    return render(request, "people/begun.html", {"over": over}, status=410)
