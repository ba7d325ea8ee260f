"""The practice room. What is typed here is read once, shown again, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.core import ratelimit
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from setwise.coaching import guides, practising
from setwise.people.practising import may_practise

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
BLANK = "Write a question first."
LONG = f"Keep it below {practising.LONGEST} characters: a good question is short."
WAIT = "That was tried many times in a short while. Wait a minute and press again."


def allowed(view: View[P]) -> View[P]:
    """Send whoever may not practise without an account to the sign-in page."""

    @wraps(view)
    def gated(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_practise(request):
            return redirect_to_login(request.path)
        return view(request, *args, **kwargs)

    return cast("View[P]", gated)


@require_safe
@allowed
def practice(request: HttpRequest) -> HttpResponse:
    """What a set is, and how this goes."""
    return render(request, "today/practice.html", {"situations": practising.situations()})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allowed
def practise(request: HttpRequest, number: int) -> HttpResponse:
    """One situation. An answer comes back with the coach's reading of it, and is forgotten."""
    if not 1 <= number <= len(practising.situations()):
        raise Http404
    situation = practising.situations()[number - 1]
    context = {"situation": situation, "of": len(practising.situations()), "text": ""}
    context |= {"longest": practising.LONGEST}
    if request.method != "POST":
        return render(request, "today/practise.html", context)
    context["text"] = text = request.POST.get("text", "").replace("\x00", "")
    if not text.strip() or len(text) > practising.LONGEST:
        context["error"] = LONG if text.strip() else BLANK
        return render(request, "today/practise.html", context, status=422)
    if not ratelimit.consume(request, action="practice"):
        context["error"] = WAIT
        return render(request, "today/practise.html", context, status=429)
    context["remark"] = practising.remark(text, situation)
    return render(request, "today/practise.html", context)


@require_safe
@allowed
def practised(request: HttpRequest) -> HttpResponse:
    """The end, with what to read next."""
    reads = guides.some(("open-questions", "eight-kinds", "listening"), get_language() or "")
    return render(request, "today/practised.html", {"reads": reads})
