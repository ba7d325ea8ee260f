from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.meetings import poll_page, polling, standing
from setwise.meetings.convening import NotOpen
from setwise.meetings.models import Poll
from setwise.meetings.poll_forms import WordsForm, answers
from setwise.meetings.views.polls import CLOSED
from setwise.people.by_link import by_link
from setwise.people.models import Link
from setwise.sets import seats

KEPT = "Thank you. Your answers are kept. This link changes them until the poll closes."


@require_http_methods(["GET", "HEAD", "POST"])
@by_link("poll")
def answer(request: HttpRequest, link: Link) -> HttpResponse:
    """Answer a poll without signing in. Opening it changes nothing."""
    visible = Poll.objects.visible_to(link.person).filter(learning_set__closed_at=None)
    poll = get_object_or_404(visible.select_related("learning_set"), pk=link.about)
    seat = seats.take(link.person, poll.learning_set_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, words = answers(request.POST), form.cleaned_data["words"]
        try:
            after = polling.answer(seat, poll, given=given, words=words, at=timezone.now())
        except NotOpen:
            form.add_error("words", CLOSED)  # with whatever was typed beside it
            return _page(request, link, poll, form)
        if after.settled_at:  # this link died with its purpose
            return _page(request, link, after, WordsForm())
        messages.success(request, KEPT)
        return redirect(request.path)
    return _page(request, link, poll, form)


def _page(request: HttpRequest, link: Link, poll: Poll, form: WordsForm) -> HttpResponse:
    at = timezone.now()
    now = standing.of(poll, at=at)
    context = poll_page.answering(poll, link.person, now, answers(request.POST), at=at)
    status = 422 if form.errors else 200
    return render(request, "meetings/poll_by_link.html", context | {"form": form}, status=status)
