from __future__ import annotations

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.people import changing_address
from setwise.people.forms import CodeForm, NewAddressForm
from setwise.people.requests import SignedInRequest, signed_in

TOO_OFTEN = "You asked for several codes already. Wait an hour and try again."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def address(request: SignedInRequest) -> HttpResponse:
    """Another e-mail address for my account, then the code that was sent there."""
    at = timezone.now()
    waits = changing_address.waiting(request.session, at=at)
    if request.method != "POST":
        return _page(request, CodeForm() if waits else NewAddressForm(), waits)
    if "again" in request.POST:
        changing_address.drop(request.session)
        return redirect("people:new-address")
    if "code" in request.POST and waits:
        return _prove(request, waits)
    form = NewAddressForm(request.POST, own=request.user.email)
    if form.is_valid() and not ratelimit.consume(request, action="address", user=request.user):
        form.add_error("email", TOO_OFTEN)
    if not form.is_valid():
        return _page(request, form, "")
    changing_address.ask(request.user, request.session, email=form.cleaned_data["email"], at=at)
    return redirect("people:new-address")


def _prove(request: SignedInRequest, waits: str) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        code, at = form.cleaned_data["code"], timezone.now()
        try:
            email = changing_address.prove(request.user, request.session, code=code, at=at)
        except changing_address.Refused as refusal:
            still = changing_address.waiting(request.session, at=at)
            if not still:
                messages.warning(request, str(refusal))
                return redirect("people:new-address")
            form.add_error("code", str(refusal))
        else:
            messages.success(request, f"Changed. You sign in as {email} from now on.")
            return redirect("people:account")
    return _page(request, form, waits)


def _page(request: SignedInRequest, form: forms.Form, waits: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "people/address.html", {"form": form, "waits": waits}, status=status)
