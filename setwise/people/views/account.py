from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setwise.coaching import guides
from setwise.people import returning
from setwise.people import sessions as open_sessions
from setwise.people.forms import AccountForm
from setwise.people.models import Person
from setwise.people.requests import SignedInRequest, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def account(request: SignedInRequest) -> HttpResponse:
    """Who I am to my sets."""
    row = get_object_or_404(Person, pk=request.user.pk)  # a copy: the page’s header keeps the old
    form = AccountForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("people:account")
    status = 422 if form.errors else 200
    kept = request.user.growing  # not what was just refused
    context = {"form": form, "reads": guides.suggested(kept, get_language() or "")}
    return render(request, "people/account.html", context, status=status)


@require_POST
@signed_in
def address_is_right(request: SignedInRequest) -> HttpResponse:
    """Letters to me came back, and my address is right all the same."""
    returning.is_right(request.user)
    messages.success(request, "Thank you. Letters are sent to it again.")
    return redirect("people:account")


@require_POST
@signed_in
def coach(request: SignedInRequest) -> HttpResponse:
    """Switch the question coach on or off for me, on whatever device; 204 to the room's own script."""
    request.user.coached = bool(request.POST.get("on"))
    request.user.save(update_fields=["coached"])
    if "X-Setwise-Room" in request.headers:
        return HttpResponse(status=204)
    now = "on" if request.user.coached else "off"
    messages.success(request, f"The question coach is {now} for you.")
    return redirect("people:account")


@require_safe
@signed_in
def sessions(request: SignedInRequest) -> HttpResponse:
    """Where I am signed in."""
    rows = open_sessions.of(request.user, here=request.session.session_key)
    return render(request, "people/sessions.html", {"rows": rows})


@require_POST
@signed_in
def end_session(request: SignedInRequest, session_id: int) -> HttpResponse:
    """End one session of mine, or this one."""
    ended = open_sessions.end(request.user, session_id)
    if ended is None:
        raise Http404
    if ended == request.session.session_key:
        logout(request)
        return redirect("account_login")
    messages.success(request, "Signed out there.")
    return redirect("people:sessions")


@require_POST
@signed_in
def end_others(request: SignedInRequest) -> HttpResponse:
    """End all my sessions but this one."""
    here = request.session.session_key
    open_sessions.end_others(request.user, here=here)
    messages.success(request, "Signed out everywhere else.")
    return redirect("people:sessions")
