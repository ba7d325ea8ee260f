"""Saying how one action of mine goes by the link in a letter, without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.actions import progressing, update_links
from setwise.actions.forms import ProgressForm
from setwise.actions.models import Action
from setwise.actions.models.action import ENDED
from setwise.people.by_link import by_link
from setwise.people.models import Link


@require_http_methods(["GET", "HEAD", "POST"])
@by_link(update_links.PURPOSE)
def update(request: HttpRequest, link: Link) -> HttpResponse:
    """The action, and how it goes. Opening it changes nothing; once it has ended no words are shown."""
    own = Action.objects.visible_to(link.person).filter(owner=link.person)
    row = get_object_or_404(own.exclude(confirmed_at=None), pk=link.about)
    if row.state in ENDED:
        return render(request, "actions/updated.html", {"action": row})
    form = ProgressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        progressing.tell(row, **form.cleaned_data, at=timezone.now())
        messages.success(request, "Noted. It waits for you at the next meeting’s progress step.")
        return redirect(request.path)
    context = {"action": row, "form": form, "person": link.person}
    return render(request, "actions/update.html", context, status=422 if form.errors else 200)
