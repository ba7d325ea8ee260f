"""Saying yes or apologies by the link in a letter, without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.meetings import answering_links, replying, scheduling
from setwise.meetings.models import Meeting, Reply
from setwise.meetings.views.meeting import LATE, SAID
from setwise.people.by_link import by_link
from setwise.people.models import Link
from setwise.sets import seats


@require_http_methods(["GET", "HEAD", "POST"])
@by_link(answering_links.PURPOSE)
def answer(request: HttpRequest, link: Link) -> HttpResponse:
    """When, where, and a yes or apologies for the link's person. Opening it changes nothing."""
    person, at = link.person, timezone.now()
    coming = Meeting.objects.visible_to(person).coming(at=at).select_related("learning_set")
    meeting = get_object_or_404(coming.filter(learning_set__closed_at=None), pk=link.about)
    seat = seats.take(person, meeting.learning_set_id)
    given = request.POST.get("answer", "")
    if request.method == "POST" and given in SAID:
        try:
            replying.reply(seat, meeting, answer=given, at=at)
        except scheduling.NotChangeable:
            raise Http404 from None
        late = given == "apologies" and replying.is_late(meeting, at=at)
        messages.success(request, LATE if late else SAID[given])
        return redirect(request.path)
    mine = Reply.objects.visible_to(person).filter(meeting=meeting, person=person).first()
    context = {
        "meeting": meeting,
        "learning_set": meeting.learning_set,
        "accent": meeting.learning_set.accent,
        "person": person,
        "elsewhere": person.zone != meeting.zone,
        "mine": mine.answer if mine else "",
        "unchosen": request.method == "POST",
    }
    return render(
        request, "meetings/answer.html", context, status=422 if context["unchosen"] else 200
    )
